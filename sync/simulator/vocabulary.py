"""List the words that made-up opportunities are put together from."""

SUBJECTS = {
    "Cloud": ("AWS landing zone", "Azure migration", "Kubernetes platform", "FinOps assessment"),
    "Data & AI": ("Data lakehouse", "GenAI assistant", "Demand forecasting", "MLOps platform"),
    "Security": ("SOC as a service", "Zero trust programme", "IAM roll-out", "NIS2 readiness"),
    "SAP": ("SAP S/4HANA migration", "SAP AMS renewal", "SuccessFactors roll-out", "SAP BTP build"),
    "Oracle": ("Oracle EBS to Fusion", "Exadata managed service", "OCI migration", "EPM roll-out"),
    "Salesforce": ("Sales Cloud roll-out", "Service Cloud AMS", "Experience Cloud portal"),
    "Digital Workplace": ("M365 migration", "Service desk 24/7", "Intune roll-out", "VDI renewal"),
    "Networks": ("SD-WAN roll-out", "Campus LAN refresh", "Private 5G pilot", "Data centre fabric"),
    "Application Management": ("AMS transition", "Mainframe exit", "Test automation"),
}
WAYS = ("", "", "", " phase 2", " (RFP)", " 2026–2029", " – extension", " / lot 3", ' "Phoenix"')
DESCRIPTIONS = (
    "Incumbent is leaving; customer wants one partner.",
    "Framework call-off, decision by the board.",
    "Reply to RFP due in six weeks.\nReferences needed.",
    "Verlängerung des bestehenden Vertrags, Preisgespräch läuft.",
    "現行ベンダーからの切り替え。",
)

# Geography: its currencies, and customers of many countries and scripts.
MARKETS = {
    "EMEA": (
        ("EUR", "EUR", "EUR", "GBP", "CHF", "SEK", "PLN", "AED"),
        (
            "Stadtwerke Nürnberg", "Crédit Agricole d'Île-de-France", "Ørsted Nordic Grid",
            "Škoda Dopravní", "Universität Zürich", "Ayuntamiento de A Coruña", "Łódzkie Wodociągi",
            "Göteborgs Hamn", "Northern Rail & Freight", "Εθνική Ασφαλιστική", "Müller & Söhne KG",
            "بنك الخليج", "Türk Deniz Yolları", "Caisse d’Épargne Rhône", "HM Land Survey",
        ),
    ),
    "NA": (
        ("USD", "USD", "USD", "CAD"),
        (
            "Great Lakes Utilities", "Pacific Crest Insurance", "Ville de Montréal",
            "O'Hara Logistics, Inc.", "Lone Star Health", "Hudson & Vane LLP", "Maple Rail 🍁",
        ),
    ),
    "LATAM": (
        ("BRL", "MXN", "USD", "CLP"),
        (
            "Companhia Elétrica do Pará", "Banco São Tomé", "Minera Ñuble", "Seguros Bogotá",
            "Aerolíneas del Perú", "Petróleos de Yucatán",
        ),
    ),
    "APAC": (
        ("JPY", "AUD", "INR", "SGD", "CNY", "KRW"),
        (
            "東京湾岸電力株式会社", "大阪市交通局", "上海浦东银行", "한빛전자", "Bharat Rail Tech",
            "Kiwi Dairy Co-op", "Ngân hàng Sông Hồng", "ธนาคารสยาม", "Straits Port Authority",
        ),
    ),
}  # fmt: skip
PER_EURO = {
    "EUR": 1, "USD": 1.1, "GBP": 0.85, "CHF": 0.95, "SEK": 11, "PLN": 4.3, "AED": 4, "CAD": 1.5,
    "BRL": 6, "MXN": 20, "CLP": 1000, "JPY": 160, "AUD": 1.7, "INR": 90, "SGD": 1.45, "CNY": 7.8,
    "KRW": 1450,
}  # fmt: skip
SECTORS = ("Public", "Utilities", "Banking", "Insurance", "Manufacturing", "Health", "Telecom")
DEAL_TYPES = ("New business", "Extension", "Renewal", "Framework call-off")
OWNERS = (
    "Anna Müller", "Björn Åkesson", "Chloé Dubois", "David O'Neill", "Elena Petrova",
    "Fatima Zahra", "Giorgos Papadopoulos", "Hiroshi Tanaka", "Inês Carvalho", "Jürgen Weiß",
    "Kim Min-jun", "Lucía Fernández", "Mohammed Al-Sayed", "Nguyễn Thị Mai",
    "Oluwaseun Adeyemi", "Priya Raman", "Rafał Wójcik", "Siobhán Byrne", "Tomáš Dvořák", "王小明",
)  # fmt: skip

OPEN_STAGES = (
    ("01 - Qualification", 10),
    ("02 - Opportunity", 20),
    ("03 - Building Vision", 35),
    ("04 - Presentation", 50),
    ("05 - Agreement", 65),
    ("06 - Negotiation", 80),
)
WON_STAGE, LOST_STAGE = ("07 - Closed", 100), ("08 - Lost", 0)
STATUSES = ("OPEN",) * 52 + ("WON",) * 20 + ("LOST",) * 18 + ("NO_SALE",) * 6 + ("ON_HOLD",) * 4
CLOSED_STAGE = {"WON": WON_STAGE, "LOST": LOST_STAGE, "NO_SALE": LOST_STAGE}
