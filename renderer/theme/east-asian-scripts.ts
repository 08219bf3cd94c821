import './east-asian-scripts.css';
