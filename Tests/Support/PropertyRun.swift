import Foundation
public import MarketplaceCore
public import Testing

/// One run of a property: random values drawn from a seed that is printed with every failure.
public struct PropertyRun {
    /// What all random values of the run follow from.
    public let seed: UInt64
    /// Where they come from.
    public var generator: SeededGenerator

    /// The run of a seed.
    public init(seed: UInt64) {
        self.seed = seed
        generator = SeededGenerator(seed: seed)
    }

    /// What to print with a failed expectation.
    public var replay: Comment {
        "replay this run alone with \(Self.campaign.map { "MARKETPLACE_CAMPAIGNS=\($0) " } ?? "")PROPERTY_SEED=\(seed)"
    }

    /// How many times fewer runs there are where each takes so much longer, under a sanitizer
    /// (`MARKETPLACE_CAMPAIGNS=short`).
    public static let shorteningFactor = 50

    /// How many times more runs a long campaign has (`Tests/run --full`, or `MARKETPLACE_CAMPAIGNS=long`).
    public static let campaignFactor = 50

    /// Checks a property with fresh random values, or with those of the seed in `PROPERTY_SEED` alone.
    public static func check(_ count: Int = 2000, _ property: (inout PropertyRun) throws -> Void) {
        for seed in seeds(count) {
            var run = PropertyRun(seed: seed)
            do {
                try property(&run)
            } catch {
                Issue.record(error, run.replay)
            }
        }
    }

    /// Checks a property that waits, as ``check(_:_:)`` does.
    public static func checkAsync(_ count: Int = 2000, _ property: (inout PropertyRun) async throws -> Void) async {
        for seed in seeds(count) {
            var run = PropertyRun(seed: seed)
            do {
                try await property(&run)
            } catch {
                Issue.record(error, run.replay)
            }
        }
    }

    /// Whether one seed is replayed alone, or only a few runs are made, so that nothing can be said about all together.
    public static var isPartial: Bool { givenSeed != nil || campaign == "short" }

    private static var campaign: String? { ProcessInfo.processInfo.environment["MARKETPLACE_CAMPAIGNS"] }

    private static var givenSeed: UInt64? {
        ProcessInfo.processInfo.environment["PROPERTY_SEED"].flatMap { UInt64($0) }
    }

    private static func seeds(_ count: Int) -> some Sequence<UInt64> {
        let given = givenSeed
        return (0..<(given == nil ? scaled(count) : 1)).lazy.map { _ in given ?? .random(in: .min ... .max) }
    }

    /// A number of runs or steps, as the campaign wants it: more, fewer, or just so many.
    public static func scaled(_ count: Int) -> Int {
        switch campaign {
        case "long": count * campaignFactor
        case "short": max(1, count / shorteningFactor)
        default: count
        }
    }

    /// Whether trials are made as a whole: with `Tests/run --more` (`MARKETPLACE_CAMPAIGNS=whole`) and in long campaigns.
    public static var isWhole: Bool { campaign == "whole" || campaign == "long" }

    /// How much a trial goes through: so much as a whole, and fewer where that would take too long for every run.
    ///
    /// Where all is ``scaled(_:)`` down already, it is not reduced as well.
    /// The suite `trials` makes those of every file that asks this, ``isWhole`` or ``part(of:oneIn:)`` as a whole.
    public static func whole(_ count: Int, reducedTo fewer: Int) -> Int {
        isWhole || campaign == "short" ? count : fewer
    }

    /// A part of what a trial goes through: from a random element on every `stride`-th one, so that every run takes
    /// others; all elements where trials are made as a whole, and when a seed is replayed.
    public static func part<Element>(of elements: some Collection<Element>, oneIn stride: Int) -> [Element] {
        if isWhole || givenSeed != nil { return Array(elements) }
        let offset = Int.random(in: 0..<max(1, min(stride, elements.count)))
        return elements.enumerated().filter { $0.offset % stride == offset }.map(\.element)
    }

    /// A number of 0...bound.
    public mutating func natural(through bound: Int) -> Int {
        Int(generator.next(through: UInt64(bound)))
    }

    /// Any number: of any bit width, of either sign, and often at an edge.
    public mutating func integer() -> Int64 {
        switch natural(through: 15) {
        case 0: return .min
        case 1: return .max
        case 2: return 0
        default:
            let bits = Int64(bitPattern: generator.next())
            return bits >> Int64(natural(through: 63))
        }
    }

    /// One of the elements, each as likely as the others.
    public mutating func element<Element>(of elements: [Element]) -> Element {
        elements[natural(through: elements.count - 1)]
    }

    /// Any ratio.
    public mutating func ratio() throws -> Ratio {
        let denominator = max(1, integer())
        return try Ratio(integer(), over: denominator)
    }
}

/// The error that a throwing expression throws; nil, with an issue, when it throws none.
public func thrownError<Failure: Error>(
    by expression: () throws(Failure) -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
) -> Failure? {
    do throws(Failure) {
        try expression()
        Issue.record("nothing was thrown", sourceLocation: sourceLocation)
        return nil
    } catch {
        return error
    }
}
