import MarketplaceCore
import MarketplaceStorage

/// What an index in memory keeps: an inverted index over slots.
///
/// A document that is put takes a new slot behind all others, so that every list stays sorted by appending; the slot it
/// had before is dead, and lists are freed of dead slots once there are more of them than living ones.
struct SearchShelf {
    /// Below so many dead slots it is not worth while to be rid of them.
    static let fewestDeadSlots = 1_024

    /// Where a key stands: the revision of its last change, and the slot unless that was a deletion.
    struct Standing {
        var revision: DocumentRevision
        var slot: Int?
    }

    /// A facet's value or a flag.
    struct Term {
        let term: SearchTerm
        var list = PostingList()
        /// How many living documents have it.
        var count = 0
    }

    private(set) var standings: [SearchKey: Standing] = [:]
    private(set) var live = SlotSet()
    /// By slot.
    private(set) var keys: [SearchKey] = []
    /// The first eight bytes of the keys by slot, by which most of them are told apart without a look at the key.
    private(set) var heads: [UInt64] = []
    /// The terms of all documents behind each other, and where those of each slot end.
    private var termsOfSlots: [Int32] = []
    private var termEnds: [Int] = []

    private var wordNumbers: [SearchWord: Int] = [:]
    private var wordLists: [PostingList] = []
    private var vocabulary = ChunkedSortedArray<SearchWord>()

    private var termNumbers: [SearchTerm: Int] = [:]
    private(set) var terms: [Term] = []
    private(set) var termsOfField: [SearchField: [Int]] = [:]
    private(set) var numbers: [SearchField: NumberColumn] = [:]

    var slotCount: Int { keys.count }

    // MARK: - Looking up

    func list(of word: SearchWord) -> PostingList? {
        wordNumbers[word].map { wordLists[$0] }
    }

    func lists(beginningWith prefix: SearchWord) -> [PostingList] {
        var lists: [PostingList] = []
        var position = vocabulary.firstPosition { $0 >= prefix }
        while position != vocabulary.end {
            let word = vocabulary[position]
            guard word.text.utf8.starts(with: prefix.text.utf8) else { break }
            if let list = list(of: word) { lists.append(list) }
            position = vocabulary.position(after: position)
        }
        return lists
    }

    func list(of term: SearchTerm) -> PostingList? {
        termNumbers[term].map { terms[$0].list }
    }

    /// The numbers of the terms of a document.
    func terms(of slot: Int) -> ArraySlice<Int32> {
        termsOfSlots[(slot == 0 ? 0 : termEnds[slot - 1])..<termEnds[slot]]
    }

    // MARK: - Changing

    /// Applies a change, unless one of its revision or a later one was applied before.
    mutating func apply(_ change: SearchChange.Checked) {
        let standing = standings[change.key]
        if let standing, standing.revision >= change.revision { return }
        if let slot = standing?.slot { retire(slot) }
        let slot = change.entry.map { add($0) }
        standings[change.key] = Standing(revision: change.revision, slot: slot)
    }

    private mutating func add(_ entry: SearchEntry) -> Int {
        let slot = keys.count
        keys.append(entry.key)
        heads.append(Self.head(of: entry.key))
        live.insert(slot)
        for (word, places) in entry.words {
            let number = wordNumbers[word] ?? addWord(word)
            wordLists[number].append(slot, places)
        }
        for term in entry.terms {
            let number = termNumbers[term] ?? addTerm(term)
            terms[number].list.append(slot)
            terms[number].count += 1
            termsOfSlots.append(Int32(truncatingIfNeeded: number))
        }
        termEnds.append(termsOfSlots.count)
        for (field, number) in entry.numbers { numbers[field, default: NumberColumn()].set(number, for: slot) }
        return slot
    }

    private mutating func addWord(_ word: SearchWord) -> Int {
        wordNumbers[word] = wordLists.count
        wordLists.append(PostingList())
        vocabulary.insert(word)
        return wordLists.count - 1
    }

    private mutating func addTerm(_ term: SearchTerm) -> Int {
        termNumbers[term] = terms.count
        if term.value != nil { termsOfField[term.field, default: []].append(terms.count) }
        terms.append(Term(term: term))
        return terms.count - 1
    }

    private mutating func retire(_ slot: Int) {
        live.remove(slot)
        for term in terms(of: slot) { terms[Int(term)].count -= 1 }
    }

    /// The first eight bytes of a key as a number that is ordered as they are.
    static func head(of key: SearchKey) -> UInt64 {
        var (head, shift): (UInt64, UInt64) = (0, 64)
        for byte in key.text.utf8.prefix(8) {
            shift -= 8
            head |= UInt64(byte) << shift
        }
        return head
    }

    // MARK: - Dead slots

    /// Frees the lists of dead slots when there are many: a pass over everything, which as many changes have paid for.
    mutating func compactIfWorthwhile() {
        let dead = slotCount - live.count
        guard dead >= Self.fewestDeadSlots, dead > live.count else { return }
        var newSlots = [Int?](repeating: nil, count: slotCount)
        var compact = SearchShelf()
        live.forEach { slot in
            newSlots[slot] = compact.keys.count
            compact.live.insert(compact.keys.count)
            compact.keys.append(keys[slot])
            compact.heads.append(heads[slot])
        }
        for (word, number) in wordNumbers {
            let moved = wordLists[number].moved(newSlots)
            if !moved.isEmpty { compact.wordLists[compact.addWord(word)] = moved }
        }
        var newTerms = [Int32](repeating: 0, count: terms.count)
        for (number, term) in terms.enumerated() where term.count > 0 {
            let new = compact.addTerm(term.term)
            newTerms[number] = Int32(truncatingIfNeeded: new)
            compact.terms[new].list = term.list.moved(newSlots)
            compact.terms[new].count = term.count
        }
        live.forEach { slot in
            for term in terms(of: slot) { compact.termsOfSlots.append(newTerms[Int(term)]) }
            compact.termEnds.append(compact.termsOfSlots.count)
        }
        for (field, column) in numbers {
            var moved = NumberColumn()
            live.forEach { slot in
                if let value = column.value(slot), let new = newSlots[slot] { moved.set(value, for: new) }
            }
            if !moved.isEmpty { compact.numbers[field] = moved }
        }
        compact.standings = standings.mapValues { standing in
            Standing(revision: standing.revision, slot: standing.slot.flatMap { newSlots[$0] })
        }
        self = compact
    }
}
