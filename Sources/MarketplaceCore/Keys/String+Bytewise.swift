extension String {
    /// Whether both texts are the same bytes of UTF-8; `==` would also accept canonically equivalent ones.
    package func isBytewiseEqual(to other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return utf8.elementsEqual(other.utf8)
    }

    /// Whether this text comes before `other` by its bytes of UTF-8.
    package func isBytewiseLess(than other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }

    /// Feeds the bytes of UTF-8 and their number to `hasher`; equal bytes give equal hashes.
    package func hashBytes(into hasher: inout Hasher) {
        let utf8 = utf8
        // The closure only reads the bytes while they are alive, and copies none of them out.
        let done: Void? = unsafe utf8.withContiguousStorageIfAvailable { bytes in
            unsafe hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        }
        if done == nil {
            for byte in utf8 { hasher.combine(byte) }
        }
        hasher.combine(utf8.count)
    }
}
