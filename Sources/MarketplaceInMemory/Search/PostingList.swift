import MarketplaceStorage

/// The slots of the documents that have a word or a term, ascending, each with the places of the word.
struct PostingList {
    /// A slot and two bits for the places.
    struct Posting {
        private let bits: UInt32

        init(slot: Int, places: SearchEntry.Place) {
            bits = UInt32(truncatingIfNeeded: slot) << 2 | UInt32(places.rawValue)
        }

        var slot: Int { Int(bits >> 2) }
        var places: SearchEntry.Place { SearchEntry.Place(rawValue: UInt8(truncatingIfNeeded: bits & 3)) }
    }

    /// The most slots: what the bits of a posting have room for.
    static let mostSlots = 1 << 30

    private(set) var postings: [Posting] = []

    var count: Int { postings.count }
    var isEmpty: Bool { postings.isEmpty }

    /// Adds a slot that is higher than all before.
    mutating func append(_ slot: Int, _ places: SearchEntry.Place = []) {
        postings.append(Posting(slot: slot, places: places))
    }

    /// The posting of a slot, found by halving; nil when the document has not the word.
    func posting(of slot: Int) -> Posting? {
        var (low, high) = (0, postings.count)
        while low < high {
            let middle = (low + high) >> 1
            if postings[middle].slot < slot { low = middle + 1 } else { high = middle }
        }
        guard low < postings.count, postings[low].slot == slot else { return nil }
        return postings[low]
    }

    /// The list in other slots, which rise as the old ones do; a slot without a new one goes.
    func moved(_ newSlots: [Int?]) -> PostingList {
        var moved = PostingList()
        for posting in postings {
            if let slot = newSlots[posting.slot] { moved.append(slot, posting.places) }
        }
        return moved
    }
}
