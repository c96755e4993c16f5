/// The bounds that every store keeps, so that what one adapter accepts the others do too.
public enum StoreLimits {
    /// The most parts (guards, appended events, documents, counters, trims) of one transaction.
    public static let transactionParts = 10_000
    /// The most bytes of one event's payload or one document's body: 1 MiB, what every broker and row can carry.
    public static let payloadBytes = 1_048_576
    /// The most index entries, and the most unique keys, of one document.
    public static let entriesPerDocument = 16
    /// The most values of one index entry.
    public static let valuesPerIndexEntry = 8
    /// The most bytes of UTF-8 of an event's name, of an index's name and of a text in an index, none of which has a
    /// NUL: as much as a key, so that all of them fit the index entry of every store.
    public static let textBytes = 512
    /// The most events, documents or counters one read may ask for.
    public static let pageSize = 10_000
}
