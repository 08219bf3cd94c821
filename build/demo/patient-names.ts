/** Invented people: given and family names of one language, combined at random. */
export interface NameStock {
  readonly weight: number;
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** Set when the family name comes first: the sign between the two names. */
  readonly familyFirst?: string;
}

const words = (list: string) => list.split(' ');

const stock = (weight: number, given: string, family: string, familyFirst?: string): NameStock => ({
  weight,
  given: words(given),
  family: words(family),
  ...(familyFirst === undefined ? {} : { familyFirst }),
});

/** Names that try search, sorting, narrow columns and both writing directions. */
export const nameStocks: readonly NameStock[] = [
  // German
  stock(
    16,
    'Jürgen Käthe Björn Annegret Sören Gisela Günther Lieselotte Matthäus Öllegard Traudl Anja Ruprecht Elfriede Hauke Swantje',
    'Müllerstein Größenwald Schäfermann Weißbach Kühnlein Brückenau Öhlschläger Ungerath Tannhäuser Vogelsang Zwölfer Lindenhof Straußberg Haferkamp Überall Nebelung',
  ),
  // English, with the signs that break naive name rules
  stock(
    10,
    'Mary-Ann Rhys Siobhán Eoin Beatrix Algernon Winifred Tobias Niamh Cuthbert Rosalind Ewan',
    "O'Hollow MacFable St-John Featherstone D'Arcymoor Quillfeather Thistlewood Brambleby Hartwhistle Ashgrove Wintermere Loxleigh",
  ),
  // French
  stock(
    5,
    'Zoé Étienne Maëlle Françoise Jérôme Anaïs Loïc Gaëtan Héloïse Côme',
    'Beauchêne Lefèvremont Garçonnet Delaforêt Châtelivre Noëlmont Préfleuri Grandpré Sansterre Œilvert',
  ),
  // Turkish: a dotless ı and a dotted İ fold differently
  stock(
    9,
    'Işıl İbrahim Gülşen Çağla Ömer Şebnem Tuğba Barış Iraz İnci Yağız Özgür',
    'Yıldızhan Çınaroğlu Şekerci Gökdağ İncirli Işıkay Özgüneş Karadağlı Uğurböceği Ağaçsever Tütüncü Dağıstanlı',
  ),
  // Polish
  stock(
    9,
    'Łucja Żaneta Świętosława Zdzisław Małgorzata Wawrzyniec Jędrzej Bożena Stanisława Grażyna Mściwój Kinga',
    'Wiśniowiecki Źrebięcki Łąkowska Szczepaniak-Róg Gżegżółka Jaśkiewicz Ćwiklińska Brzęczyszczyk Młynarz Chrząszczewska Półtorak Święcicki',
  ),
  // Czech and Slovak
  stock(
    4,
    'Jiří Růžena Zdeněk Ľubomír Božena Přemysl Šárka Květa Ondřej Žofie',
    'Dvořáček Řehořová Černohlávek Šťastný Ždímal Kučeravá Příhoda Ďurička Vrchlický Ťapková',
  ),
  // Nordic
  stock(
    4,
    'Åse Søren Þórdís Guðmundur Øyvind Märta Sigríður Bjørn Ylva Aðalsteinn',
    'Ångströmdal Sjøholt Þorláksdal Kjærlund Östervik Bjørkås Æbelø Hraunfjörð Snøfjell Grönkulla',
  ),
  // Spanish and Portuguese
  stock(
    5,
    'Iñaki Begoña João Concepción Ângela Núria Sebastião Íñigo Lucía Estêvão',
    'Peñaflor Gonçalveira Muñozal Ibáñez-Sol Corazónez Magalhãeiro Ordóñoz Guimarãinho Lópezuela Araújal',
  ),
  // Vietnamese
  stock(
    5,
    'Thị-Hương Văn-Đức Ngọc-Ánh Thuỷ-Tiên Quốc-Bảo Mỹ-Duyên Đình-Phúc Diễm-Quỳnh',
    'Nguyễn Trần Lê Phạm Đặng Võ Huỳnh Đỗ',
    ' ',
  ),
  // Greek
  stock(
    5,
    'Αθηνά Ξένια Ηρακλής Φαίδρα Νικόστρατος Ευρυδίκη Ωρίων Χρυσάνθη',
    'Παπαθαλάσσης Ελαιώνας Γαλανοπούλου Ψηλορείτης Αμυγδάλη Θυμιανός Ξυλουράκη Ρεμβάζου',
  ),
  // Ukrainian, Bulgarian and Russian in Cyrillic
  stock(
    8,
    'Олеся Ярослав Єва Ґустав Богдана Святослав Їлина Фёдор Аксинья Щедра Цветан Юлиан',
    'Вишневенко Солов’яненко Грушківська Лісовий Жар-Птицын Снегирёв Ясноградська Черешнев Ковиленко Незабудкин Щуковський Полянов',
  ),
  // Arabic, written from right to left
  stock(
    8,
    'ليلى يوسف نور خديجة عبدالرحيم رنا زياد هالة إلياس سلمى',
    'البستاني الزيتوني النجّار القمري الورّاق المرجاني الحدّاد الياسميني الفرّاء الغزالي',
  ),
  // Persian
  stock(3, 'پگاه کیان ژاله چیستا گیتی آرش', 'گلستان‌پور چشمه‌ای پرنیان‌زاده ژرف‌نگر کوهستانی یاسمن‌دوست'),
  // Hebrew, written from right to left
  stock(4, 'נועם תהילה איתמר שירה אביגיל יהונתן צופיה רועי', 'אלמוגי בר-נחל גפני דקלאי הרדופי זיתן חרמוני שקדי'),
  // Bengali
  stock(
    16,
    'অনন্যা ঋত্বিক মৈত্রেয়ী সৌম্যদীপ ঐশানী শুভঙ্কর পৌলোমী নীলাঞ্জন ঈশিতা উজ্জ্বল',
    'কাশফুলকর মেঘবরণ শালবনী নদীয়াল তালপুকুরি ছায়াপথ বটব্যালী শিউলিদত্ত ধানসিঁড়ি কুয়াশাধর',
  ),
  // Devanagari
  stock(
    16,
    'अनन्या ऋषिकेश श्रद्धा ज्ञानेश कृष्णा मृणाल ईशान क्षितिज त्रिशा ऐश्वर्या',
    'पर्वतिया नीलकमलकर मेघवाली सूर्यवीरा चंद्रिकर झरनावत तुलसीधर वनमाली कदंबकर गुलमोहरे',
  ),
  // Tamil
  stock(5, 'கயல்விழி இளவரசன் செல்வி மாறன் நிலா அருள்மொழி', 'மலையரசன் தாமரைச்செல்வன் முல்லைநிலா கடலோடி வெண்ணிலவன் பனைமரத்தான்'),
  // Romanized Indian names
  stock(
    12,
    'Aarohi Devendra Ishani Parthiv Meenakshi Suryansh Tarini Vikramjit Yamuna Omkar Rupali Harjeet',
    'Saptarangi Meghwardhan Kamalakshan Chandrabhaga Tarangini Vanamalidas Suryavijay Nilgirikar Kadambari Parijatam Jheelwal Dhanurdhar',
  ),
  // Chinese: no space, one or two signs for a given name
  stock(6, '明月 小溪 远山 云 晓峰 雨桐 星河 禾', '林 梅 江 欧阳 柳 石 竹 司徒', ''),
  // Japanese, kanji and kana
  stock(5, 'さくら 海斗 ひなた 美月 タケル 千尋', '月見里 小鳥遊 森川 雪ノ下 桜庭 白鷺', ' '),
  // Korean
  stock(5, '하늘 바다 이슬 가온 누리 보람', '강 남궁 도 류 선우 차', ''),
  // Thai: marks above and below
  stock(4, 'ดวงใจ ปิ่นแก้ว ฟ้าใส สายน้ำ ต้นกล้า น้ำผึ้ง', 'ภูผาเมฆ ดอกรักบาน ทุ่งทองคำ ป่าไผ่งาม ธารน้ำใส เรือนแก้วฟ้า'),
  // Georgian, Armenian, Amharic
  stock(2, 'ნანა გიორგი თამუნა ლევან', 'ვაზისუბანელი მთვარაძე ნისლიშვილი წყაროსთვალი'),
  stock(2, 'Անահիտ Տիգրան Նարե Վահան', 'Ծիրանյան Լուսաբացյան Արարատունի Ձյունիկյան'),
  stock(2, 'ሰላም አበበች ዮናስ ትዕግስት', 'ደመናው ወንዙ ጸሐይነህ አበባየሁ'),
];
