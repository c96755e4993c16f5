extension String {
    /// Whether both texts are the same bytes of UTF-8; `==` would also accept canonically equivalent ones.
    package func isBytewiseEqual(to other: String) -> Bool {
        let (left, right) = (utf8, other.utf8)
        guard left.count == right.count else { return false }
        // The closures only compare the bytes while they are alive. Iterating the views instead, a byte at a time,
        // was a tenth of a commit in memory.
        let answer = unsafe left.withContiguousStorageIfAvailable { left in
            unsafe right.withContiguousStorageIfAvailable { right in unsafe areEqual(left.span, right.span) }
        }
        return (answer ?? nil) ?? left.elementsEqual(right)
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

/// Whether two spans of the same length hold the same bytes, eight at a time.
private func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    let count = left.count
    var offset = 0
    while offset &+ 8 <= count {
        // The eight bytes from `offset` lie within both spans: the loop condition says so.
        let one = unsafe left.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let other = unsafe right.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
        if one != other { return false }
        offset &+= 8
    }
    while offset < count {
        if left[offset] != right[offset] { return false }
        offset &+= 1
    }
    return true
}
