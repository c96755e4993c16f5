// The active list of ISO 4217: alphabetic code, numeric code, minor-unit exponent.
// Units that have no minor unit in the standard (precious metals, XDR, XXX and the like) carry exponent 0.

extension Currency {
    /// UAE Dirham.
    @inlinable public static var aed: Currency { Currency("A", "E", "D", 784, 2) }
    /// Afghani.
    @inlinable public static var afn: Currency { Currency("A", "F", "N", 971, 2) }
    /// Lek.
    @inlinable public static var all: Currency { Currency("A", "L", "L", 8, 2) }
    /// Armenian Dram.
    @inlinable public static var amd: Currency { Currency("A", "M", "D", 51, 2) }
    /// Kwanza.
    @inlinable public static var aoa: Currency { Currency("A", "O", "A", 973, 2) }
    /// Argentine Peso.
    @inlinable public static var ars: Currency { Currency("A", "R", "S", 32, 2) }
    /// Australian Dollar.
    @inlinable public static var aud: Currency { Currency("A", "U", "D", 36, 2) }
    /// Aruban Florin.
    @inlinable public static var awg: Currency { Currency("A", "W", "G", 533, 2) }
    /// Azerbaijan Manat.
    @inlinable public static var azn: Currency { Currency("A", "Z", "N", 944, 2) }
    /// Convertible Mark.
    @inlinable public static var bam: Currency { Currency("B", "A", "M", 977, 2) }
    /// Barbados Dollar.
    @inlinable public static var bbd: Currency { Currency("B", "B", "D", 52, 2) }
    /// Taka.
    @inlinable public static var bdt: Currency { Currency("B", "D", "T", 50, 2) }
    /// Bulgarian Lev.
    @inlinable public static var bgn: Currency { Currency("B", "G", "N", 975, 2) }
    /// Bahraini Dinar.
    @inlinable public static var bhd: Currency { Currency("B", "H", "D", 48, 3) }
    /// Burundi Franc.
    @inlinable public static var bif: Currency { Currency("B", "I", "F", 108, 0) }
    /// Bermudian Dollar.
    @inlinable public static var bmd: Currency { Currency("B", "M", "D", 60, 2) }
    /// Brunei Dollar.
    @inlinable public static var bnd: Currency { Currency("B", "N", "D", 96, 2) }
    /// Boliviano.
    @inlinable public static var bob: Currency { Currency("B", "O", "B", 68, 2) }
    /// Mvdol.
    @inlinable public static var bov: Currency { Currency("B", "O", "V", 984, 2) }
    /// Brazilian Real.
    @inlinable public static var brl: Currency { Currency("B", "R", "L", 986, 2) }
    /// Bahamian Dollar.
    @inlinable public static var bsd: Currency { Currency("B", "S", "D", 44, 2) }
    /// Ngultrum.
    @inlinable public static var btn: Currency { Currency("B", "T", "N", 64, 2) }
    /// Pula.
    @inlinable public static var bwp: Currency { Currency("B", "W", "P", 72, 2) }
    /// Belarusian Ruble.
    @inlinable public static var byn: Currency { Currency("B", "Y", "N", 933, 2) }
    /// Belize Dollar.
    @inlinable public static var bzd: Currency { Currency("B", "Z", "D", 84, 2) }
    /// Canadian Dollar.
    @inlinable public static var cad: Currency { Currency("C", "A", "D", 124, 2) }
    /// Congolese Franc.
    @inlinable public static var cdf: Currency { Currency("C", "D", "F", 976, 2) }
    /// WIR Euro.
    @inlinable public static var che: Currency { Currency("C", "H", "E", 947, 2) }
    /// Swiss Franc.
    @inlinable public static var chf: Currency { Currency("C", "H", "F", 756, 2) }
    /// WIR Franc.
    @inlinable public static var chw: Currency { Currency("C", "H", "W", 948, 2) }
    /// Unidad de Fomento.
    @inlinable public static var clf: Currency { Currency("C", "L", "F", 990, 4) }
    /// Chilean Peso.
    @inlinable public static var clp: Currency { Currency("C", "L", "P", 152, 0) }
    /// Yuan Renminbi.
    @inlinable public static var cny: Currency { Currency("C", "N", "Y", 156, 2) }
    /// Colombian Peso.
    @inlinable public static var cop: Currency { Currency("C", "O", "P", 170, 2) }
    /// Unidad de Valor Real.
    @inlinable public static var cou: Currency { Currency("C", "O", "U", 970, 2) }
    /// Costa Rican Colon.
    @inlinable public static var crc: Currency { Currency("C", "R", "C", 188, 2) }
    /// Cuban Peso.
    @inlinable public static var cup: Currency { Currency("C", "U", "P", 192, 2) }
    /// Cabo Verde Escudo.
    @inlinable public static var cve: Currency { Currency("C", "V", "E", 132, 2) }
    /// Czech Koruna.
    @inlinable public static var czk: Currency { Currency("C", "Z", "K", 203, 2) }
    /// Djibouti Franc.
    @inlinable public static var djf: Currency { Currency("D", "J", "F", 262, 0) }
    /// Danish Krone.
    @inlinable public static var dkk: Currency { Currency("D", "K", "K", 208, 2) }
    /// Dominican Peso.
    @inlinable public static var dop: Currency { Currency("D", "O", "P", 214, 2) }
    /// Algerian Dinar.
    @inlinable public static var dzd: Currency { Currency("D", "Z", "D", 12, 2) }
    /// Egyptian Pound.
    @inlinable public static var egp: Currency { Currency("E", "G", "P", 818, 2) }
    /// Nakfa.
    @inlinable public static var ern: Currency { Currency("E", "R", "N", 232, 2) }
    /// Ethiopian Birr.
    @inlinable public static var etb: Currency { Currency("E", "T", "B", 230, 2) }
    /// Euro.
    @inlinable public static var eur: Currency { Currency("E", "U", "R", 978, 2) }
    /// Fiji Dollar.
    @inlinable public static var fjd: Currency { Currency("F", "J", "D", 242, 2) }
    /// Falkland Islands Pound.
    @inlinable public static var fkp: Currency { Currency("F", "K", "P", 238, 2) }
    /// Pound Sterling.
    @inlinable public static var gbp: Currency { Currency("G", "B", "P", 826, 2) }
    /// Lari.
    @inlinable public static var gel: Currency { Currency("G", "E", "L", 981, 2) }
    /// Ghana Cedi.
    @inlinable public static var ghs: Currency { Currency("G", "H", "S", 936, 2) }
    /// Gibraltar Pound.
    @inlinable public static var gip: Currency { Currency("G", "I", "P", 292, 2) }
    /// Dalasi.
    @inlinable public static var gmd: Currency { Currency("G", "M", "D", 270, 2) }
    /// Guinean Franc.
    @inlinable public static var gnf: Currency { Currency("G", "N", "F", 324, 0) }
    /// Quetzal.
    @inlinable public static var gtq: Currency { Currency("G", "T", "Q", 320, 2) }
    /// Guyana Dollar.
    @inlinable public static var gyd: Currency { Currency("G", "Y", "D", 328, 2) }
    /// Hong Kong Dollar.
    @inlinable public static var hkd: Currency { Currency("H", "K", "D", 344, 2) }
    /// Lempira.
    @inlinable public static var hnl: Currency { Currency("H", "N", "L", 340, 2) }
    /// Gourde.
    @inlinable public static var htg: Currency { Currency("H", "T", "G", 332, 2) }
    /// Forint.
    @inlinable public static var huf: Currency { Currency("H", "U", "F", 348, 2) }
    /// Rupiah.
    @inlinable public static var idr: Currency { Currency("I", "D", "R", 360, 2) }
    /// New Israeli Sheqel.
    @inlinable public static var ils: Currency { Currency("I", "L", "S", 376, 2) }
    /// Indian Rupee.
    @inlinable public static var inr: Currency { Currency("I", "N", "R", 356, 2) }
    /// Iraqi Dinar.
    @inlinable public static var iqd: Currency { Currency("I", "Q", "D", 368, 3) }
    /// Iranian Rial.
    @inlinable public static var irr: Currency { Currency("I", "R", "R", 364, 2) }
    /// Iceland Krona.
    @inlinable public static var isk: Currency { Currency("I", "S", "K", 352, 0) }
    /// Jamaican Dollar.
    @inlinable public static var jmd: Currency { Currency("J", "M", "D", 388, 2) }
    /// Jordanian Dinar.
    @inlinable public static var jod: Currency { Currency("J", "O", "D", 400, 3) }
    /// Yen.
    @inlinable public static var jpy: Currency { Currency("J", "P", "Y", 392, 0) }
    /// Kenyan Shilling.
    @inlinable public static var kes: Currency { Currency("K", "E", "S", 404, 2) }
    /// Som.
    @inlinable public static var kgs: Currency { Currency("K", "G", "S", 417, 2) }
    /// Riel.
    @inlinable public static var khr: Currency { Currency("K", "H", "R", 116, 2) }
    /// Comorian Franc.
    @inlinable public static var kmf: Currency { Currency("K", "M", "F", 174, 0) }
    /// North Korean Won.
    @inlinable public static var kpw: Currency { Currency("K", "P", "W", 408, 2) }
    /// Won.
    @inlinable public static var krw: Currency { Currency("K", "R", "W", 410, 0) }
    /// Kuwaiti Dinar.
    @inlinable public static var kwd: Currency { Currency("K", "W", "D", 414, 3) }
    /// Cayman Islands Dollar.
    @inlinable public static var kyd: Currency { Currency("K", "Y", "D", 136, 2) }
    /// Tenge.
    @inlinable public static var kzt: Currency { Currency("K", "Z", "T", 398, 2) }
    /// Lao Kip.
    @inlinable public static var lak: Currency { Currency("L", "A", "K", 418, 2) }
    /// Lebanese Pound.
    @inlinable public static var lbp: Currency { Currency("L", "B", "P", 422, 2) }
    /// Sri Lanka Rupee.
    @inlinable public static var lkr: Currency { Currency("L", "K", "R", 144, 2) }
    /// Liberian Dollar.
    @inlinable public static var lrd: Currency { Currency("L", "R", "D", 430, 2) }
    /// Loti.
    @inlinable public static var lsl: Currency { Currency("L", "S", "L", 426, 2) }
    /// Libyan Dinar.
    @inlinable public static var lyd: Currency { Currency("L", "Y", "D", 434, 3) }
    /// Moroccan Dirham.
    @inlinable public static var mad: Currency { Currency("M", "A", "D", 504, 2) }
    /// Moldovan Leu.
    @inlinable public static var mdl: Currency { Currency("M", "D", "L", 498, 2) }
    /// Malagasy Ariary.
    @inlinable public static var mga: Currency { Currency("M", "G", "A", 969, 2) }
    /// Denar.
    @inlinable public static var mkd: Currency { Currency("M", "K", "D", 807, 2) }
    /// Kyat.
    @inlinable public static var mmk: Currency { Currency("M", "M", "K", 104, 2) }
    /// Tugrik.
    @inlinable public static var mnt: Currency { Currency("M", "N", "T", 496, 2) }
    /// Pataca.
    @inlinable public static var mop: Currency { Currency("M", "O", "P", 446, 2) }
    /// Ouguiya.
    @inlinable public static var mru: Currency { Currency("M", "R", "U", 929, 2) }
    /// Mauritius Rupee.
    @inlinable public static var mur: Currency { Currency("M", "U", "R", 480, 2) }
    /// Rufiyaa.
    @inlinable public static var mvr: Currency { Currency("M", "V", "R", 462, 2) }
    /// Malawi Kwacha.
    @inlinable public static var mwk: Currency { Currency("M", "W", "K", 454, 2) }
    /// Mexican Peso.
    @inlinable public static var mxn: Currency { Currency("M", "X", "N", 484, 2) }
    /// Mexican Unidad de Inversion (UDI).
    @inlinable public static var mxv: Currency { Currency("M", "X", "V", 979, 2) }
    /// Malaysian Ringgit.
    @inlinable public static var myr: Currency { Currency("M", "Y", "R", 458, 2) }
    /// Mozambique Metical.
    @inlinable public static var mzn: Currency { Currency("M", "Z", "N", 943, 2) }
    /// Namibia Dollar.
    @inlinable public static var nad: Currency { Currency("N", "A", "D", 516, 2) }
    /// Naira.
    @inlinable public static var ngn: Currency { Currency("N", "G", "N", 566, 2) }
    /// Cordoba Oro.
    @inlinable public static var nio: Currency { Currency("N", "I", "O", 558, 2) }
    /// Norwegian Krone.
    @inlinable public static var nok: Currency { Currency("N", "O", "K", 578, 2) }
    /// Nepalese Rupee.
    @inlinable public static var npr: Currency { Currency("N", "P", "R", 524, 2) }
    /// New Zealand Dollar.
    @inlinable public static var nzd: Currency { Currency("N", "Z", "D", 554, 2) }
    /// Rial Omani.
    @inlinable public static var omr: Currency { Currency("O", "M", "R", 512, 3) }
    /// Balboa.
    @inlinable public static var pab: Currency { Currency("P", "A", "B", 590, 2) }
    /// Sol.
    @inlinable public static var pen: Currency { Currency("P", "E", "N", 604, 2) }
    /// Kina.
    @inlinable public static var pgk: Currency { Currency("P", "G", "K", 598, 2) }
    /// Philippine Peso.
    @inlinable public static var php: Currency { Currency("P", "H", "P", 608, 2) }
    /// Pakistan Rupee.
    @inlinable public static var pkr: Currency { Currency("P", "K", "R", 586, 2) }
    /// Zloty.
    @inlinable public static var pln: Currency { Currency("P", "L", "N", 985, 2) }
    /// Guarani.
    @inlinable public static var pyg: Currency { Currency("P", "Y", "G", 600, 0) }
    /// Qatari Rial.
    @inlinable public static var qar: Currency { Currency("Q", "A", "R", 634, 2) }
    /// Romanian Leu.
    @inlinable public static var ron: Currency { Currency("R", "O", "N", 946, 2) }
    /// Serbian Dinar.
    @inlinable public static var rsd: Currency { Currency("R", "S", "D", 941, 2) }
    /// Russian Ruble.
    @inlinable public static var rub: Currency { Currency("R", "U", "B", 643, 2) }
    /// Rwanda Franc.
    @inlinable public static var rwf: Currency { Currency("R", "W", "F", 646, 0) }
    /// Saudi Riyal.
    @inlinable public static var sar: Currency { Currency("S", "A", "R", 682, 2) }
    /// Solomon Islands Dollar.
    @inlinable public static var sbd: Currency { Currency("S", "B", "D", 90, 2) }
    /// Seychelles Rupee.
    @inlinable public static var scr: Currency { Currency("S", "C", "R", 690, 2) }
    /// Sudanese Pound.
    @inlinable public static var sdg: Currency { Currency("S", "D", "G", 938, 2) }
    /// Swedish Krona.
    @inlinable public static var sek: Currency { Currency("S", "E", "K", 752, 2) }
    /// Singapore Dollar.
    @inlinable public static var sgd: Currency { Currency("S", "G", "D", 702, 2) }
    /// Saint Helena Pound.
    @inlinable public static var shp: Currency { Currency("S", "H", "P", 654, 2) }
    /// Leone.
    @inlinable public static var sle: Currency { Currency("S", "L", "E", 925, 2) }
    /// Somali Shilling.
    @inlinable public static var sos: Currency { Currency("S", "O", "S", 706, 2) }
    /// Surinam Dollar.
    @inlinable public static var srd: Currency { Currency("S", "R", "D", 968, 2) }
    /// South Sudanese Pound.
    @inlinable public static var ssp: Currency { Currency("S", "S", "P", 728, 2) }
    /// Dobra.
    @inlinable public static var stn: Currency { Currency("S", "T", "N", 930, 2) }
    /// El Salvador Colon.
    @inlinable public static var svc: Currency { Currency("S", "V", "C", 222, 2) }
    /// Syrian Pound.
    @inlinable public static var syp: Currency { Currency("S", "Y", "P", 760, 2) }
    /// Lilangeni.
    @inlinable public static var szl: Currency { Currency("S", "Z", "L", 748, 2) }
    /// Baht.
    @inlinable public static var thb: Currency { Currency("T", "H", "B", 764, 2) }
    /// Somoni.
    @inlinable public static var tjs: Currency { Currency("T", "J", "S", 972, 2) }
    /// Turkmenistan New Manat.
    @inlinable public static var tmt: Currency { Currency("T", "M", "T", 934, 2) }
    /// Tunisian Dinar.
    @inlinable public static var tnd: Currency { Currency("T", "N", "D", 788, 3) }
    /// Pa’anga.
    @inlinable public static var top: Currency { Currency("T", "O", "P", 776, 2) }
    /// Turkish Lira.
    @inlinable public static var `try`: Currency { Currency("T", "R", "Y", 949, 2) }
    /// Trinidad and Tobago Dollar.
    @inlinable public static var ttd: Currency { Currency("T", "T", "D", 780, 2) }
    /// New Taiwan Dollar.
    @inlinable public static var twd: Currency { Currency("T", "W", "D", 901, 2) }
    /// Tanzanian Shilling.
    @inlinable public static var tzs: Currency { Currency("T", "Z", "S", 834, 2) }
    /// Hryvnia.
    @inlinable public static var uah: Currency { Currency("U", "A", "H", 980, 2) }
    /// Uganda Shilling.
    @inlinable public static var ugx: Currency { Currency("U", "G", "X", 800, 0) }
    /// US Dollar.
    @inlinable public static var usd: Currency { Currency("U", "S", "D", 840, 2) }
    /// US Dollar (Next day).
    @inlinable public static var usn: Currency { Currency("U", "S", "N", 997, 2) }
    /// Uruguay Peso en Unidades Indexadas (UI).
    @inlinable public static var uyi: Currency { Currency("U", "Y", "I", 940, 0) }
    /// Peso Uruguayo.
    @inlinable public static var uyu: Currency { Currency("U", "Y", "U", 858, 2) }
    /// Unidad Previsional.
    @inlinable public static var uyw: Currency { Currency("U", "Y", "W", 927, 4) }
    /// Uzbekistan Sum.
    @inlinable public static var uzs: Currency { Currency("U", "Z", "S", 860, 2) }
    /// Bolívar Soberano.
    @inlinable public static var ved: Currency { Currency("V", "E", "D", 926, 2) }
    /// Bolívar Soberano.
    @inlinable public static var ves: Currency { Currency("V", "E", "S", 928, 2) }
    /// Dong.
    @inlinable public static var vnd: Currency { Currency("V", "N", "D", 704, 0) }
    /// Vatu.
    @inlinable public static var vuv: Currency { Currency("V", "U", "V", 548, 0) }
    /// Tala.
    @inlinable public static var wst: Currency { Currency("W", "S", "T", 882, 2) }
    /// Arab Accounting Dinar.
    @inlinable public static var xad: Currency { Currency("X", "A", "D", 396, 2) }
    /// CFA Franc BEAC.
    @inlinable public static var xaf: Currency { Currency("X", "A", "F", 950, 0) }
    /// Silver.
    @inlinable public static var xag: Currency { Currency("X", "A", "G", 961, 0) }
    /// Gold.
    @inlinable public static var xau: Currency { Currency("X", "A", "U", 959, 0) }
    /// Bond Markets Unit European Composite Unit (EURCO).
    @inlinable public static var xba: Currency { Currency("X", "B", "A", 955, 0) }
    /// Bond Markets Unit European Monetary Unit (E.M.U.-6).
    @inlinable public static var xbb: Currency { Currency("X", "B", "B", 956, 0) }
    /// Bond Markets Unit European Unit of Account 9 (E.U.A.-9).
    @inlinable public static var xbc: Currency { Currency("X", "B", "C", 957, 0) }
    /// Bond Markets Unit European Unit of Account 17 (E.U.A.-17).
    @inlinable public static var xbd: Currency { Currency("X", "B", "D", 958, 0) }
    /// East Caribbean Dollar.
    @inlinable public static var xcd: Currency { Currency("X", "C", "D", 951, 2) }
    /// Caribbean Guilder.
    @inlinable public static var xcg: Currency { Currency("X", "C", "G", 532, 2) }
    /// SDR (Special Drawing Right).
    @inlinable public static var xdr: Currency { Currency("X", "D", "R", 960, 0) }
    /// CFA Franc BCEAO.
    @inlinable public static var xof: Currency { Currency("X", "O", "F", 952, 0) }
    /// Palladium.
    @inlinable public static var xpd: Currency { Currency("X", "P", "D", 964, 0) }
    /// CFP Franc.
    @inlinable public static var xpf: Currency { Currency("X", "P", "F", 953, 0) }
    /// Platinum.
    @inlinable public static var xpt: Currency { Currency("X", "P", "T", 962, 0) }
    /// Sucre.
    @inlinable public static var xsu: Currency { Currency("X", "S", "U", 994, 0) }
    /// Codes specifically reserved for testing purposes.
    @inlinable public static var xts: Currency { Currency("X", "T", "S", 963, 0) }
    /// ADB Unit of Account.
    @inlinable public static var xua: Currency { Currency("X", "U", "A", 965, 0) }
    /// The codes assigned for transactions where no currency is involved.
    @inlinable public static var xxx: Currency { Currency("X", "X", "X", 999, 0) }
    /// Yemeni Rial.
    @inlinable public static var yer: Currency { Currency("Y", "E", "R", 886, 2) }
    /// Rand.
    @inlinable public static var zar: Currency { Currency("Z", "A", "R", 710, 2) }
    /// Zambian Kwacha.
    @inlinable public static var zmw: Currency { Currency("Z", "M", "W", 967, 2) }
    /// Zimbabwe Gold.
    @inlinable public static var zwg: Currency { Currency("Z", "W", "G", 924, 2) }
}
