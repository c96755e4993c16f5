/// The kinds of stores there are, and those of them that are part of this build.
enum MigrationBackends {
    /// Each kind's name with the trait that it needs.
    static let traits = ["sqlite": "SQLite"]

    /// Those of this build.
    static var built: [any MigrationBackend.Type] {
        var all: [any MigrationBackend.Type] = []
        #if SQLite
        all.append(SQLiteMigrationBackend.self)
        #endif
        return all
    }

    /// The names of all kinds, for messages.
    static var names: String { traits.keys.sorted().joined(separator: ", ") }

    /// The kind that a name, or the text of `--store` up to its colon, stands for.
    static func named(_ name: String) throws(MigrationFailure) -> any MigrationBackend.Type {
        if let backend = built.first(where: { $0.name == name }) { return backend }
        let hint = traits[name].map { "swift run --traits \($0) marketplace-migrate" } ?? "there is no such store"
        throw MigrationFailure(code: .notBuilt, line: "this build knows nothing of \(name): \(hint)")
    }
}
