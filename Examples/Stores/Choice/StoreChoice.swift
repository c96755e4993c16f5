/// Where an example keeps what it does, as its command line says.
public struct StoreChoice: Sendable, Hashable {
    /// The kinds of store.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The memory of the process, and gone with it.
        case memory
        /// A file of SQLite.
        case sqlite
        /// A database on a server of PostgreSQL.
        case postgres
    }

    /// What kind of store it is.
    public let kind: Kind
    /// The path of the file or the address of the server; empty for memory.
    public let place: String

    /// What the option takes, as it follows the word "takes".
    public static let expectation = "memory, sqlite:FILE or postgres://..."

    /// The memory of the process.
    public static let memory = StoreChoice(kind: .memory, place: "")

    /// A file of SQLite.
    public static func sqlite(_ path: String) -> StoreChoice { StoreChoice(kind: .sqlite, place: path) }

    private init(kind: Kind, place: String) {
        self.kind = kind
        self.place = place
    }

    /// The choice that a text stands for; nil when it stands for none.
    public init?(_ text: String) {
        guard !text.utf8.contains(0) else { return nil }
        if text == Kind.memory.rawValue {
            self = .memory
        } else if text.hasPrefix(Self.sqlitePrefix), text.utf8.count > Self.sqlitePrefix.utf8.count {
            self = .sqlite(String(text.dropFirst(Self.sqlitePrefix.count)))
        } else if Self.postgresPrefixes.contains(where: { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }) {
            self.init(kind: .postgres, place: text)
        } else {
            return nil
        }
    }

    private static let sqlitePrefix = "sqlite:"
    /// Both are in use.
    ///
    /// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
    private static let postgresPrefixes = ["postgres://", "postgresql://"]

    /// Whether what is stored there outlives the process.
    public var isDurable: Bool { kind != .memory }

    /// A file for a record that belongs to what is stored there and is none of its own; nil where no file is near.
    ///
    /// - Parameter name: What the record is of.
    /// - Returns: The path.
    public func companion(_ name: String) -> String? { kind == .sqlite ? "\(place).\(name)" : nil }
}

extension StoreChoice: CustomStringConvertible {
    /// The text that stands for the choice, without the name and the password of an address: it goes into reports.
    public var description: String {
        switch kind {
        case .memory: return kind.rawValue
        case .sqlite: return Self.sqlitePrefix + place
        case .postgres:
            guard let at = place.lastIndex(of: "@"), let scheme = place.range(of: "://", before: at) else {
                return place
            }
            return place[..<scheme] + "..." + place[at...]
        }
    }
}

extension String {
    /// Where the text behind the first `part` begins, if that is before `end`.
    fileprivate func range(of part: String, before end: Index) -> Index? {
        var start = startIndex
        while start < end {
            if self[start...].hasPrefix(part) { return index(start, offsetBy: part.count) }
            start = index(after: start)
        }
        return nil
    }
}
