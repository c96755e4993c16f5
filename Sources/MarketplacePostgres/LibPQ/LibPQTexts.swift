#if LibPQ
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Texts for C, with a null pointer behind the last.
///
/// Safe to use because all of the memory is the object's own, and never changes between its making and its end.
@safe
final class LibPQTexts {
    /// The first of the pointers.
    var pointer: UnsafePointer<UnsafePointer<CChar>?>? { unsafe UnsafePointer(texts.baseAddress) }
    private let texts: UnsafeMutableBufferPointer<UnsafePointer<CChar>?>

    init(_ texts: [String]) {
        unsafe self.texts = .allocate(capacity: texts.count + 1)
        // Out of memory, a text is null and ends the list.
        unsafe self.texts.initialize(repeating: nil)
        for (index, text) in texts.enumerated() { unsafe self.texts[index] = unsafe UnsafePointer(strdup(text)) }
    }

    deinit {
        for index in unsafe texts.indices { unsafe free(UnsafeMutablePointer(mutating: texts[index])) }
        unsafe texts.deallocate()
    }
}
#endif
