extension String {
    /// Whether both texts are the same bytes of UTF-8; `==` would also accept canonically equivalent ones.
    ///
    /// Quick when they are short or the very same object.
    @inlinable
    @inline(__always)
    package func isBytewiseEqual(to other: String) -> Bool {
        #if _pointerBitWidth(_64)
        // Only compares the representations: a `String` is two words there, and two with the same words are the same
        // short text or share one storage. Different words decide nothing.
        let left = unsafe unsafeBitCast(self, to: (UInt64, UInt64).self)
        let right = unsafe unsafeBitCast(other, to: (UInt64, UInt64).self)
        if left == right { return true }
        #endif
        return hasSameBytes(as: other)
    }

    @usableFromInline
    @inline(never)
    package func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        // Both closures only read the bytes while they are alive.
        let isEqual: Bool?? = unsafe utf8.withContiguousStorageIfAvailable { left in
            unsafe other.utf8.withContiguousStorageIfAvailable { right in
                unsafe UnsafeRawBufferPointer(left).isEqual(to: UnsafeRawBufferPointer(right))
            }
        }
        return (isEqual ?? nil) ?? utf8.elementsEqual(other.utf8)
    }

    /// Whether this text comes before `other` by its bytes of UTF-8.
    package func isBytewiseLess(than other: String) -> Bool {
        // Both closures only read the bytes while they are alive.
        let isLess: Bool?? = unsafe utf8.withContiguousStorageIfAvailable { left in
            unsafe other.utf8.withContiguousStorageIfAvailable { right in
                unsafe UnsafeRawBufferPointer(left).isLess(than: UnsafeRawBufferPointer(right))
            }
        }
        return (isLess ?? nil) ?? utf8.lexicographicallyPrecedes(other.utf8)
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

extension UnsafeRawBufferPointer {
    /// Whether both buffers, which are of one length, hold the same bytes.
    fileprivate func isEqual(to other: UnsafeRawBufferPointer) -> Bool {
        let offset = unsafe firstDifference(from: other)
        return offset == count
    }

    /// Whether this buffer comes before `other`, byte by byte, a prefix before what it begins.
    fileprivate func isLess(than other: UnsafeRawBufferPointer) -> Bool {
        let offset = unsafe firstDifference(from: other)
        guard offset < count, offset < other.count else { return count < other.count }
        let byte = unsafe self[offset]
        let otherByte = unsafe other[offset]
        return byte < otherByte
    }

    /// The offset of the first byte that differs, or the length of the shorter buffer.
    private func firstDifference(from other: UnsafeRawBufferPointer) -> Int {
        let length = Swift.min(count, other.count)
        let wordLength = MemoryLayout<UInt64>.size
        var offset = 0
        // `unsafe`: every word and every byte that is read lies before `length`, within both buffers.
        while offset &+ wordLength <= length {
            let word = unsafe loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let otherWord = unsafe other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            guard word == otherWord else { break }
            offset &+= wordLength
        }
        while offset < length {
            let byte = unsafe self[offset]
            let otherByte = unsafe other[offset]
            guard byte == otherByte else { break }
            offset &+= 1
        }
        return offset
    }
}
