/// Which lines a promotion discounts, and how many of their units.
public struct PromotionScope: Sendable, Hashable {
    /// The lines.
    public var lines: LineFilter
    /// How many units of them, and which first; nil is all of them.
    public var units: UnitPick?

    /// A scope; everything, unless something is given.
    public init(lines: LineFilter = .every, units: UnitPick? = nil) {
        self.lines = lines
        self.units = units
    }

    /// Every unit of every line.
    public static let everything = PromotionScope()
}

/// How many units a promotion discounts, and which first.
public struct UnitPick: Sendable, Hashable {
    /// Which units first; nil leaves it to the policy.
    public var order: UnitOrder?
    /// At most so many in the whole basket.
    public var perOrder: Int?
    /// At most so many of each line.
    public var perLine: Int?

    /// A pick of units.
    public init(_ order: UnitOrder? = nil, perOrder: Int? = nil, perLine: Int? = nil) {
        self.order = order
        self.perOrder = perOrder
        self.perLine = perLine
    }

    /// The cheapest units, so many at most.
    public static func cheapest(_ units: Int) -> UnitPick { UnitPick(.cheapestFirst, perOrder: units) }
    /// The dearest units, so many at most.
    public static func dearest(_ units: Int) -> UnitPick { UnitPick(.dearestFirst, perOrder: units) }
}

/// Which units come first; ties go to the line that stands first in the basket.
public enum UnitOrder: String, Sendable, Hashable, CaseIterable, Codable {
    /// Those of the first line.
    case lineOrder = "line_order"
    /// Those with the lowest unit price.
    case cheapestFirst = "cheapest_first"
    /// Those with the highest unit price.
    case dearestFirst = "dearest_first"
    /// Those of the line with the highest subtotal.
    case largestLineFirst = "largest_line_first"
}
