#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The part of a command that prints and exits; everything else is a value.
public enum CommandShell {
    /// The command was used wrongly: `EX_USAGE` of BSD's `sysexits.h`.
    public static let usageExitCode: Int32 = 64

    /// Reads this process's command line; prints help and exits with 0, or one line of error and exits with 64.
    public static func parse(_ options: CommandLineOptions) -> ParsedOptions {
        do throws(OptionError) {
            switch try options.parse(Array(CommandLine.arguments.dropFirst())) {
            case .run(let parsed): return parsed
            case .help:
                Console.standardOutput.write(options.helpText)
                exit(0)
            }
        } catch {
            refuse(error, of: options)
        }
    }

    /// A file could not be written: `EX_CANTCREAT` of BSD's `sysexits.h`.
    public static let unwritableExitCode: Int32 = 73

    /// Writes a file that an option asked for, and nothing for `nil`; on failure prints one line and exits with 73.
    public static func save(_ text: @autoclosure () -> String, to path: String?, of options: CommandLineOptions) {
        guard let path else { return }
        do throws(FileError) {
            try TextFile.write(text(), to: path)
        } catch {
            Console.standardError.writeLine("\(options.command): \(error)")
            exit(unwritableExitCode)
        }
    }

    /// Prints the one line of a wrong command line and exits with 64.
    public static func refuse(_ error: OptionError, of options: CommandLineOptions) -> Never {
        Console.standardError.writeLine("\(options.command): \(error)")
        exit(usageExitCode)
    }
}
