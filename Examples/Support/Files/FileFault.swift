#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What the operating system said of a failed call.
struct FileFault: Error {
    let number: Int32

    /// The words of the operating system.
    var reason: String {
        // The text belongs to the C library and is copied at once; both libraries return a valid one for any number.
        strerror(number).map { String(cString: $0) } ?? "error \(number)"
    }
}
