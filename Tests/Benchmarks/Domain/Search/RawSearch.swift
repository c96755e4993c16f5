import MarketplaceCore
import MarketplaceStorage

/// The raw limit of a search in memory: products as columns of numbers, words as lists of numbers, and four loops that
/// can answer nothing but the four kinds of searches.
final class RawSearch: Sendable {
    private struct Candidate {
        let rank: Int
        let number: Int32
    }

    private let category: [Int16]
    private let brand: [Int16]
    private let price: [Int32]
    private let isInStock: [Bool]
    /// By word the products that have it, each with two bits for title and body.
    private let lists: [[UInt32]]
    /// By category of the second level the products in it.
    private let members: [[Int32]]

    init(_ corpus: SearchCorpus) {
        var (category, brand, price, isInStock) = ([Int16](), [Int16](), [Int32](), [Bool]())
        var lists = [[UInt32]](repeating: [], count: 1 << SearchCorpus.wordBits)
        var members = [[Int32]](repeating: [], count: 100)
        for number in 0..<corpus.count {
            let product = SearchCorpus.product(number)
            category.append(Int16(product.category))
            brand.append(Int16(product.brand))
            price.append(Int32(product.price))
            isInStock.append(product.isInStock)
            members[product.category / 10].append(Int32(number))
            for word in Set(product.title + product.body) {
                let places: UInt32 = (product.title.contains(word) ? 1 : 0) | (product.body.contains(word) ? 2 : 0)
                lists[word].append(UInt32(number) << 2 | places)
            }
        }
        (self.category, self.brand, self.price, self.isInStock) = (category, brand, price, isInStock)
        (self.lists, self.members) = (lists, members)
    }

    /// The witness of a search; see ``SearchBenchmarks/witness(_:)``.
    func find(_ kind: SearchKind, _ number: Int) -> Int64 {
        let request = kind.request(number)
        switch kind {
        case .words: return both(lists[request.words[0]], lists[request.words[1]])
        case .typing: return both(lists[request.words[0]], union(ofPrefix: request.prefix ?? 0))
        case .browsing: return browse(request)
        case .facets: return count(request)
        }
    }

    private static func score(_ places: UInt32) -> Int {
        (places & 1 != 0 ? 64 : 0) + (places & 2 != 0 ? 1 : 0)
    }

    private func both(_ first: [UInt32], _ second: [UInt32]) -> Int64 {
        var (left, right, total) = (0, 0, 0)
        var best = Best()
        while left < first.count, right < second.count {
            let (a, b) = (first[left], second[right])
            if a >> 2 == b >> 2 {
                total += 1
                best.offer(-(Self.score(a & 3) + Self.score(b & 3)), Int32(a >> 2))
                left += 1
                right += 1
            } else if a < b {
                left += 1
            } else {
                right += 1
            }
        }
        return best.witness + Int64(total)
    }

    private func union(ofPrefix prefix: Int) -> [UInt32] {
        var places = [UInt8](repeating: 0, count: price.count)
        var (low, high) = (prefix, prefix + 1)
        while low < lists.count {
            for word in low..<min(high, lists.count) {
                for entry in lists[word] { places[Int(entry >> 2)] |= UInt8(entry & 3) }
            }
            (low, high) = (low * 10, high * 10)
        }
        return places.indices.compactMap { places[$0] == 0 ? nil : UInt32($0) << 2 | UInt32(places[$0]) }
    }

    private func browse(_ request: SearchKind.Request) -> Int64 {
        guard let chosen = request.category, let prices = request.prices else { return 0 }
        let bounds = Int32(prices.lowerBound)...Int32(prices.upperBound)
        var counts = [Int](repeating: 0, count: SearchCorpus.brandCount)
        var (best, total) = (Best(), 0)
        for number in members[chosen] {
            let index = Int(number)
            guard isInStock[index], bounds.contains(price[index]) else { continue }
            total += 1
            counts[Int(brand[index])] += 1
            best.offer(Int(price[index]), number)
        }
        return best.witness + Int64(total) + Self.highest(counts)
    }

    private func count(_ request: SearchKind.Request) -> Int64 {
        let chosen = Set(request.brands)
        var isChosen = [Bool](repeating: false, count: SearchCorpus.brandCount)
        for brand in chosen { isChosen[brand] = true }
        var brands = [Int](repeating: 0, count: SearchCorpus.brandCount)
        var categories = [Int](repeating: 0, count: 1_110)
        var (best, total) = (Best(), 0)
        for entry in lists[request.words[0]] {
            let index = Int(entry >> 2)
            let brand = Int(brand[index])
            brands[brand] += 1
            guard isChosen[brand] else { continue }
            total += 1
            let leaf = Int(category[index])
            categories[leaf] += 1
            categories[1_000 + leaf / 10] += 1
            categories[1_100 + leaf / 100] += 1
            best.offer(-Self.score(entry & 3), Int32(index))
        }
        return best.witness + Int64(total) + Self.highest(brands) + Self.highest(categories)
    }

    /// The sum of the counts that are reported.
    private static func highest(_ counts: [Int]) -> Int64 {
        counts.sorted(by: >).prefix(SearchLimits.valuesPerFacet).reduce(0) { $0 + Int64($1) }
    }

    /// The first twenty, in the order of a rank and then of numbers; offered in the order of numbers.
    private struct Best {
        private var kept: [Candidate] = []

        mutating func offer(_ rank: Int, _ number: Int32) {
            if kept.count == SearchQuery.defaultLimit, let last = kept.last, rank >= last.rank { return }
            let place = kept.firstIndex { $0.rank > rank } ?? kept.count
            kept.insert(Candidate(rank: rank, number: number), at: place)
            if kept.count > SearchQuery.defaultLimit { kept.removeLast() }
        }

        var witness: Int64 { kept.reduce(0) { $0 + Int64($1.number) } }
    }
}
