/// Which table an index entry belongs to.
///
/// A B-tree of PostgreSQL takes rows of at most a third of a page, 2,704 bytes. An entry may have 8 texts of 512 bytes;
/// those few that do not fit are kept in a table of their own, whose index has only the first bytes of the value.
enum PostgresIndexValue {
    /// The most bytes of a value in an index: beside it stand an id of at most 512 bytes and some 30 of PostgreSQL's.
    static let longest = 2_000

    /// Whether a value is too long for the table of entries.
    static func isLong(_ value: [UInt8]) -> Bool { value.count > longest }

    /// The first bytes of a value.
    static func head(of value: [UInt8]) -> [UInt8] { Array(value.prefix(longest)) }
}
