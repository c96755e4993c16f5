#if SQLite
/// Rows that a batch has read or made, in the order in which they were first wanted.
///
/// A row is read once a batch. Who has looked for it by its key finds it by its place from then on, which never changes.
struct SQLiteKnownRows<Key: Hashable, Row> {
    private var places: [Key: Int] = [:]
    private(set) var keys: [Key] = []
    private(set) var rows: [Row] = []

    /// Where the row of a key is; the first time it is what `read` finds.
    mutating func place(of key: Key, _ read: () throws(SQLiteFailure) -> Row) throws(SQLiteFailure) -> Int {
        if let place = places[key] { return place }
        let row = try read()
        places[key] = rows.count
        keys.append(key)
        rows.append(row)
        return rows.count - 1
    }

    /// The row at a place.
    subscript(place: Int) -> Row {
        get { rows[place] }
        set { rows[place] = newValue }
    }
}
#endif
