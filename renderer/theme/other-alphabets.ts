import './other-alphabets.css';
