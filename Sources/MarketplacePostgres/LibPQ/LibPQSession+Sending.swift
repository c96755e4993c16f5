#if LibPQ
import CMarketplaceLibPQ

extension LibPQSession {
    /// What is sent in a pipeline, and answered in the same order.
    enum Sent {
        /// A statement to prepare, by the caller's name.
        case preparation(String, Prepared)
        /// A statement to run, with the caller's name when it was prepared.
        case statement(PostgresStatement, name: String?)
    }

    /// The most values a statement may have: the protocol counts them in 16 bits.
    private static let mostValues = 65_535

    /// Refuses what libpq could not send, before anything is sent.
    func check(_ statement: PostgresStatement) throws(PostgresFailure) {
        guard statement.values.count <= Self.mostValues else {
            // "too_many_arguments"
            throw PostgresFailure(PostgresFailure.Code("54023"), "a statement has more than \(Self.mostValues) values")
        }
        guard !statement.values.contains(where: { ($0.bytes?.count ?? 0) > Int32.max }) else {
            // "program_limit_exceeded"
            throw PostgresFailure(PostgresFailure.Code("54000"), "a value has more than \(Int32.max) bytes")
        }
        // The text of one that is prepared was looked through before.
        let isKnown = statement.name.flatMap { prepared[$0] }?.sql == statement.sql
        guard isKnown || !statement.sql.utf8.contains(0) else {
            // "syntax_error"
            throw PostgresFailure(PostgresFailure.Code("42601"), "a statement contains a NUL")
        }
    }

    /// Hands a pipeline to the library, which keeps what the socket does not take at once.
    func send(_ statements: [PostgresStatement]) throws(PostgresFailure) -> [Sent] {
        var sent: [Sent] = []
        sent.reserveCapacity(statements.count)
        // Those that this pipeline prepares itself.
        var preparing: [String: Prepared] = [:]
        for statement in statements {
            arguments.set(statement.values)
            guard let name = statement.name else {
                try send(unnamed: statement)
                sent.append(.statement(statement, name: nil))
                continue
            }
            let known = prepared[name] ?? preparing[name]
            if let known, !known.serves(statement) {
                // Two texts share a name: only the first has it.
                try send(unnamed: statement)
                sent.append(.statement(statement, name: nil))
                continue
            }
            let used: Prepared
            if let known {
                used = known
            } else {
                used = try prepare(statement)
                preparing[name] = used
                sent.append(.preparation(name, used))
            }
            let isSent =
                unsafe PQsendQueryPrepared(
                    handle.pointer,
                    used.name,
                    arguments.count,
                    arguments.addresses,
                    arguments.lengths,
                    arguments.formats,
                    LibPQArguments.binary
                ) == 1
            guard isSent else { throw lost() }
            sent.append(.statement(statement, name: name))
        }
        guard handle.sync() else { throw lost() }
        return sent
    }

    private func send(unnamed statement: PostgresStatement) throws(PostgresFailure) {
        let isSent =
            unsafe PQsendQueryParams(
                handle.pointer,
                statement.sql,
                arguments.count,
                statement.values.map(\.type.objectID),
                arguments.addresses,
                arguments.lengths,
                arguments.formats,
                LibPQArguments.binary
            ) == 1
        guard isSent else { throw lost() }
    }

    private func prepare(_ statement: PostgresStatement) throws(PostgresFailure) -> Prepared {
        preparedCount += 1
        let prepared = Prepared(
            name: "m\(preparedCount)",
            sql: statement.sql,
            types: statement.values.map(\.type)
        )
        let isSent =
            unsafe PQsendPrepare(
                handle.pointer,
                prepared.name,
                prepared.sql,
                Int32(prepared.types.count),
                prepared.types.map(\.objectID)
            ) == 1
        guard isSent else { throw lost() }
        return prepared
    }
}

extension LibPQSession.Prepared {
    /// Whether a statement of the same name is the same.
    func serves(_ statement: PostgresStatement) -> Bool {
        sql == statement.sql && types.count == statement.values.count
            && zip(types, statement.values).allSatisfy { $0 == $1.type }
    }
}

extension PostgresStatement {
    /// Whether it begins or ends a transaction, or may: one that begins with a comment is not looked into.
    var controlsTransactions: Bool {
        guard let word = firstWord else { return true }
        return Self.controlling.contains(word)
    }

    /// Whether it is meant to keep what a transaction has done.
    var commits: Bool { firstWord.map { ["commit", "end"].contains($0) } ?? false }

    /// The first word in lower case; nil when it begins with a comment, or with none.
    private var firstWord: String? {
        let word = sql.utf8.drop { !Self.isLetter($0) && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "/") }
            .prefix(while: Self.isLetter)
        return word.isEmpty ? nil : String(Substring(word)).lowercased()
    }

    private static let controlling: Set<String> = [
        "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "prepare",
    ]

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }
}
#endif
