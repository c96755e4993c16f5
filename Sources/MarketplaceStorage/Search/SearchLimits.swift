/// The bounds that every search index keeps, so that what one adapter accepts the others do too.
public enum SearchLimits {
    /// The most changes of one update: as many as one transaction of a database takes without holding up others.
    public static let changes = 1_000
    /// The most bytes of UTF-8 of a document's title.
    public static let titleBytes = 2_048
    /// The most bytes of UTF-8 of a document's body; longer texts are cut by whoever makes the document.
    public static let bodyBytes = 65_536
    /// The most bytes of a word; what lies behind is cut off, in documents and queries alike.
    public static let wordBytes = 64
    /// The most different words of a document; those that come later are not found.
    ///
    /// The title comes first. With ``wordBytes`` it keeps the words of a document well below the 1 MiB of a `tsvector` of PostgreSQL.
    public static let wordsPerDocument = 4_096
    /// The most values of all facets of a document, flags included.
    public static let termsPerDocument = 512
    /// The most numbers of a document: a price in every currency that is sold in, and some.
    public static let numbersPerDocument = 64
    /// The most bytes of UTF-8 of what is searched for: more than anybody types.
    public static let queryBytes = 1_024
    /// The most words of a query; each is a list to be read.
    public static let wordsPerQuery = 32
    /// The most filters of a query.
    public static let filtersPerQuery = 32
    /// The most values of all facet filters of a query.
    public static let valuesPerQuery = 256
    /// The most facets that are counted for one query.
    public static let facetsPerQuery = 16
    /// The most values of a facet that are reported, those with the highest counts.
    public static let valuesPerFacet = 100
    /// The most hits of a page.
    public static let pageSize = 200
    /// An index that does not count all hits counts at least so many.
    public static let countedHits = 10_000
}
