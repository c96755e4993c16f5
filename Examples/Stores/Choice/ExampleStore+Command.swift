public import ExampleSupport

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension ExampleStore {
    /// Opens the store that a command line asks for.
    ///
    /// Where this build has no such store it prints what to run and exits with 64; where the store cannot be opened it
    /// prints why and exits with 73.
    ///
    /// - Parameters:
    ///   - choice: What was chosen.
    ///   - namespace: The part of a durable store that belongs to the command.
    ///   - options: The command's options, of which `--store` is one.
    /// - Returns: The store.
    public static func open(
        _ choice: StoreChoice,
        namespace: ExampleNamespace,
        for options: CommandLineOptions
    ) async -> ExampleStore {
        do throws(StoreOpeningError) {
            return try await ExampleStore(opening: choice, namespace: namespace)
        } catch {
            if error.isUsage {
                let reason = error.description(of: options.command, Array(CommandLine.arguments.dropFirst()))
                CommandShell.refuse(.unmet(name: "store", reason: reason), of: options)
            }
            Console.standardError.writeLine("\(options.command): \(error)")
            exit(CommandShell.unwritableExitCode)
        }
    }
}
