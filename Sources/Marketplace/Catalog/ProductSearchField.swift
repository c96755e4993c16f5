public import MarketplaceCore
public import MarketplaceStorage

/// Under which names the documents of products keep what they are found by.
public enum ProductSearchField {
    /// The facet of the categories a product stands in, with all that they stand under, by id.
    public static let category: SearchField = "category"
    /// The facet of the seller, by id.
    public static let seller: SearchField = "seller"
    /// The flag of products with units that are free.
    public static let inStock: SearchField = "in stock"
    /// The number of thousandths of a star; 0 without reviews.
    public static let rating: SearchField = "rating"
    /// The number of units sold.
    public static let unitsSold: SearchField = "sold"
    /// The number of microseconds since 1970 at which it was made.
    public static let createdAt: SearchField = "created"

    /// The number of the lowest price of the variants, in minor units of a currency.
    public static func lowestPrice(_ currency: Currency) -> SearchField {
        // A currency is three letters.
        SearchField(unchecked: "price.\(currency)")
    }

    /// The number of the highest price of the variants, in minor units of a currency.
    public static func highestPrice(_ currency: Currency) -> SearchField {
        SearchField(unchecked: "highest price.\(currency)")
    }

    /// The facet of an attribute's text or choice, the flag of one that says yes; nil when the name is none of an
    /// attribute.
    public static func attribute(_ name: String) -> SearchField? {
        try? SearchField(validating: "attribute.\(name)")
    }

    /// The number of an attribute in billionths of a unit; nil when the name is none of an attribute.
    public static func attribute(_ name: String, unit: String) -> SearchField? {
        try? SearchField(validating: "attribute.\(name).\(unit)")
    }

    /// The facet of the values of an option that can be chosen; nil when the name is none of an option.
    public static func option(_ name: String) -> SearchField? {
        try? SearchField(validating: "option.\(name)")
    }
}
