import MarketplaceCore
import MarketplaceStorage

/// Scores the documents of one search.
///
/// For few documents it looks each up in the lists of the words; for many it goes through the lists once.
struct SearchScorer {
    private static let halvingSteps = 16

    /// For each word the lists of which a document may be in several: one for a whole word, all of a prefix.
    private let words: [[PostingList]]
    /// The scores by slot, when so many are wanted.
    private var scores: [UInt16]?

    /// Makes ready to score about `count` documents.
    init(_ shelf: SearchShelf, _ plan: SearchPlan, count: Int) {
        var words = plan.words.map { word in shelf.list(of: word).map { [$0] } ?? [] }
        if let prefix = plan.prefix { words.append(shelf.lists(beginningWith: prefix)) }
        self.words = words
        let lists = words.reduce(0) { $0 + $1.count }
        let postings = words.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
        guard count * lists * Self.halvingSteps > postings else { return }
        var scores = [UInt16](repeating: 0, count: shelf.slotCount)
        for lists in words {
            if lists.count == 1 {
                for posting in lists[0].postings { scores[posting.slot] += Self.weight(posting.places) }
            } else {
                Self.addUnion(of: lists, to: &scores)
            }
        }
        self.scores = scores
    }

    func score(_ slot: Int) -> SearchScore {
        if let scores { return SearchScore(Int(scores[slot])) }
        var score = 0
        for lists in words {
            var places: SearchEntry.Place = []
            for list in lists { places.formUnion(list.posting(of: slot)?.places ?? []) }
            score += Int(Self.weight(places))
        }
        return SearchScore(score)
    }

    /// A document counts once for a prefix, however many of its words begin so.
    private static func addUnion(of lists: [PostingList], to scores: inout [UInt16]) {
        var places = [UInt8](repeating: 0, count: scores.count)
        for list in lists {
            for posting in list.postings { places[posting.slot] |= posting.places.rawValue }
        }
        for slot in places.indices where places[slot] != 0 {
            scores[slot] += weight(SearchEntry.Place(rawValue: places[slot]))
        }
    }

    private static func weight(_ places: SearchEntry.Place) -> UInt16 {
        (places.contains(.title) ? UInt16(SearchScore.titleWeight) : 0) + (places.contains(.body) ? 1 : 0)
    }
}
