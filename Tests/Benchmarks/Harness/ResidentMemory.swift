#if canImport(Glibc)
import Glibc
#endif

/// How much memory this process has in use.
enum ResidentMemory {
    /// The bytes of its resident set; nil where `/proc/self/statm` does not tell.
    static func bytes() -> Int64? {
        #if canImport(Glibc)
        giveBackFreeMemory()
        guard let file = fopen("/proc/self/statm", "r") else { return nil }
        defer { fclose(file) }
        var text = [UInt8](repeating: 0, count: 256)
        let count = fread(&text, 1, text.count, file)
        let fields = String(decoding: text.prefix(count), as: UTF8.self).split(separator: " ")
        // proc(5): the second field is the resident set, in pages.
        guard fields.count > 1, let pages = Int64(fields[1]) else { return nil }
        return pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
        #else
        return nil
        #endif
    }

    #if canImport(Glibc)
    /// Hands what earlier rounds set free back to the system; it would otherwise be counted as still there.
    ///
    /// The Glibc module leaves `malloc.h` out, so `malloc_trim(3)` is looked up by its name.
    private static func giveBackFreeMemory() {
        guard let symbol = dlsym(nil, "malloc_trim") else { return }
        _ = unsafeBitCast(symbol, to: (@convention(c) (Int) -> Int32).self)(0)
    }
    #endif
}
