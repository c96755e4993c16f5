/// A sorted collection of different elements, kept in chunks of bounded length.
///
/// Inserting and removing move the elements of one chunk at most, and finding is a binary search, which keeps all
/// three cheap up to millions of elements without the pointers of a tree.
struct ChunkedSortedArray<Element: Comparable> {
    /// The most elements of a chunk; one that grows beyond is split in two.
    static var maximumChunkLength: Int { 512 }

    /// A place in the collection; valid until the next change.
    struct Position: Equatable {
        fileprivate(set) var chunk: Int
        fileprivate(set) var offset: Int
    }

    private var chunks: [[Element]] = []
    private(set) var count = 0

    /// The place of the first element; ``end`` when there is none.
    var start: Position { Position(chunk: 0, offset: 0) }

    /// The place behind the last element.
    var end: Position { Position(chunk: chunks.count, offset: 0) }

    subscript(position: Position) -> Element { chunks[position.chunk][position.offset] }

    /// The place of the next element, or ``end``.
    func position(after position: Position) -> Position {
        if position.offset + 1 < chunks[position.chunk].count {
            return Position(chunk: position.chunk, offset: position.offset + 1)
        }
        return Position(chunk: position.chunk + 1, offset: 0)
    }

    /// The place of the element before, or nil at the start.
    func position(before position: Position) -> Position? {
        if position.offset > 0 { return Position(chunk: position.chunk, offset: position.offset - 1) }
        guard position.chunk > 0 else { return nil }
        return Position(chunk: position.chunk - 1, offset: chunks[position.chunk - 1].count - 1)
    }

    /// The first place whose element satisfies `predicate`, which must be false up to some place and true from there.
    func firstPosition(where predicate: (Element) -> Bool) -> Position {
        // No chunk is ever empty, so the last element of each tells whether the place lies within it.
        let chunk = Self.partitionPoint(chunks.count) { predicate(chunks[$0][chunks[$0].count - 1]) }
        guard chunk < chunks.count else { return end }
        let offset = Self.partitionPoint(chunks[chunk].count) { predicate(chunks[chunk][$0]) }
        return Position(chunk: chunk, offset: offset)
    }

    /// Inserts an element, unless it is there already.
    mutating func insert(_ element: Element) {
        guard let last = chunks.indices.last else {
            chunks.append([element])
            count += 1
            return
        }
        var position = Position(chunk: last, offset: chunks[last].count)
        // Appending in order, as what is indexed by time does, needs no search.
        if chunks[last][position.offset - 1] >= element {
            position = firstPosition { $0 >= element }
            if chunks[position.chunk][position.offset] == element { return }
        }
        chunks[position.chunk].insert(element, at: position.offset)
        count += 1
        if chunks[position.chunk].count > Self.maximumChunkLength { split(position.chunk) }
    }

    /// Removes an element, if it is there.
    mutating func remove(_ element: Element) {
        let position = firstPosition { $0 >= element }
        guard position.chunk < chunks.count, chunks[position.chunk][position.offset] == element else { return }
        chunks[position.chunk].remove(at: position.offset)
        count -= 1
        if chunks[position.chunk].isEmpty { chunks.remove(at: position.chunk) }
    }

    private mutating func split(_ index: Int) {
        // Appending in order is the common case: then a full chunk is left behind and a short one is filled.
        let isLast = index == chunks.count - 1
        let keep = isLast ? Self.maximumChunkLength : chunks[index].count / 2
        let tail = Array(chunks[index][keep...])
        chunks[index].removeSubrange(keep...)
        chunks.insert(tail, at: index + 1)
    }

    /// The first of `count` indices for which `predicate` is true, or `count`.
    private static func partitionPoint(_ count: Int, where predicate: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = low + (high - low) / 2
            if predicate(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
