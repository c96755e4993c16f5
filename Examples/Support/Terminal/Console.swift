#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The standard output or the standard error of this process.
public struct Console: TextOutput {
    private let descriptor: Int32
    /// Whether this is a terminal and not a file or a pipe.
    public let isTerminal: Bool
    /// Whether this is a terminal and `NO_COLOR` is not set.
    public let showsStyles: Bool
    /// The width of the terminal when the process started; 80 elsewhere.
    public let columns: Int

    /// The standard output.
    public static let standardOutput = Console(descriptor: STDOUT_FILENO)
    /// The standard error.
    public static let standardError = Console(descriptor: STDERR_FILENO)

    /// The width taken where there is no terminal to ask.
    static let defaultColumns = 80

    private init(descriptor: Int32) {
        self.descriptor = descriptor
        isTerminal = isatty(descriptor) == 1
        // https://no-color.org: any value that is not empty switches colour off.
        let noColour = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        showsStyles = isTerminal && !noColour
        var size = winsize()
        let isKnown = isTerminal && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        columns = isKnown ? Int(size.ws_col) : Self.defaultColumns
    }

    /// Writes the text after everything that was printed before.
    public func write(_ text: String) {
        // What `print` holds in its buffer was said earlier and comes out first.
        fflush(nil)
        // Nobody can be told that the standard output is closed, so a failure is let go.
        _ = FileDescriptor.write(Array(text.utf8), to: descriptor)
    }
}
