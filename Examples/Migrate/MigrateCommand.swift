import ExampleSupport

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `swift run --traits SQLite marketplace-migrate`.
@main
enum MigrateCommand {
    static func main() async {
        let options = CommandShell.parse(MigrateOptions.command)
        if let fault = MigrateOptions.fault(in: options) { CommandShell.refuse(fault, of: MigrateOptions.command) }
        do throws(MigrationFailure) {
            Console.standardOutput.write(try await answer(to: options))
        } catch {
            Console.standardError.writeLine("\(MigrateOptions.command.command): \(error.line)")
            exit(error.code.rawValue)
        }
    }

    private static func answer(to options: ParsedOptions) async throws(MigrationFailure) -> String {
        if let name = options[MigrateOptions.printSQL] {
            return try MigrationBackends.named(name).script(after: Int64(options[MigrateOptions.after]))
        }
        let store = options[MigrateOptions.store] ?? ""
        let backend = try MigrationBackends.named(String(store.prefix { $0 != ":" }))
        return options[MigrateOptions.status]
            ? try await status(of: store, backend) : try await migrate(store, backend)
    }

    private static func migrate(
        _ store: String,
        _ backend: any MigrationBackend.Type
    ) async throws(MigrationFailure) -> String {
        let applied = try await backend.apply(to: store)
        let lines = applied.map { "applied \($0.version) \($0.name)\n" }
        return lines.isEmpty ? "nothing to do\n" : lines.joined()
    }

    private static func status(
        of store: String,
        _ backend: any MigrationBackend.Type
    ) async throws(MigrationFailure) -> String {
        let version = try await backend.version(of: store)
        let steps = backend.steps.map { step in
            "\(step.version <= version ?? 0 ? "applied" : "missing") \(step.version) \(step.name)\n"
        }
        return "version \(version.map { "\($0)" } ?? "none")\n\(steps.joined())"
    }
}
