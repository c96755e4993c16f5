import Synchronization

/// One statement made of several that do not need each other, with any of them left out: what a statement costs beside
/// its work, at the server and on the way, is paid once.
final class PostgresComposite: Sendable {
    /// A part that is wanted, by its place among all, with its values.
    typealias Part = (place: Int, values: [PostgresValue])
    /// The text of a part that is wanted, whose parameters have their numbers.
    typealias PartText = (place: Int, sql: String)

    private struct Text {
        let name: String
        let sql: String
    }

    private let name: String
    private let parts: [String]
    private let joined: @Sendable ([PartText]) -> String
    /// By the places of the parts, a bit each.
    private let made = Mutex<[UInt64: Text]>([:])

    /// Names a statement.
    ///
    /// - Parameters:
    ///   - name: The first part of the names by which it is prepared.
    ///   - parts: Its parts, at most 64, each with parameters from `$1` on.
    ///   - joined: Makes one text of those that are wanted, whose parameters have numbers of their own by then.
    init(_ name: String, _ parts: [String], joined: @escaping @Sendable ([PartText]) -> String) {
        self.name = name
        self.parts = parts
        self.joined = joined
    }

    /// The statement of some parts, in the order of their places; nil when there are none.
    func statement(_ wanted: [Part]) -> PostgresStatement? {
        guard !wanted.isEmpty else { return nil }
        let key = wanted.reduce(UInt64(0)) { $0 | 1 << UInt64($1.place) }
        let text = made.withLock { made in
            if let text = made[key] { return text }
            let text = Text(name: "\(name)_\(key)", sql: joined(numbered(wanted)))
            made[key] = text
            return text
        }
        return PostgresStatement(text.sql, name: text.name, values: wanted.flatMap(\.values))
    }

    /// The texts of parts, with their parameters numbered from the first part to the last.
    private func numbered(_ wanted: [Part]) -> [PartText] {
        var offset = 0
        return wanted.map { part in
            defer { offset += part.values.count }
            let pieces = parts[part.place].split(separator: "$", omittingEmptySubsequences: false)
            let sql = pieces.dropFirst().reduce(String(pieces[0])) { text, piece in
                let digits = piece.prefix(while: \.isNumber)
                return "\(text)$\((Int(digits) ?? 0) + offset)\(piece[digits.endIndex...])"
            }
            return (part.place, sql)
        }
    }
}
