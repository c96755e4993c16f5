/// How a promotion goes together with others.
public struct StackingRule: Sendable, Hashable {
    /// Its class.
    public var stackingClass: StackingClass
    /// Which comes first among those of a class: the higher one.
    public var priority: Int
    /// Whether, when it applies, no other promotion does; of several, that which comes first.
    ///
    /// Prices of the catalogue stay.
    public var isExclusive: Bool
    /// Whether its code must not be entered together with another code.
    public var isUsedAlone: Bool
    /// The classes it goes together with; both sides have to agree.
    public var combinesWith: Combination

    /// A rule; it goes together with everything, unless something else is given.
    public init(
        _ stackingClass: StackingClass = .order,
        priority: Int = 0,
        isExclusive: Bool = false,
        isUsedAlone: Bool = false,
        combinesWith: Combination = .everything
    ) {
        self.stackingClass = stackingClass
        self.priority = priority
        self.isExclusive = isExclusive
        self.isUsedAlone = isUsedAlone
        self.combinesWith = combinesWith
    }

    /// Which classes of promotions one goes together with.
    public enum Combination: Sendable, Hashable {
        /// With all of them.
        case everything
        /// With these; its own class counts only when it is named.
        case classes(Set<StackingClass>)

        /// With none.
        public static let nothing = Combination.classes([])

        func allows(_ other: StackingClass) -> Bool {
            switch self {
            case .everything: true
            case .classes(let classes): classes.contains(other)
            }
        }
    }

    /// Whether both agree to apply together.
    func combines(with other: StackingRule) -> Bool {
        combinesWith.allows(other.stackingClass) && other.combinesWith.allows(stackingClass)
    }
}

/// A class of promotions; the policy says in which order classes apply, and how many of each.
public struct StackingClass: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
    /// Its name.
    public let rawValue: String

    /// A class of this name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A class of this name.
    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }

    /// Promotions of single products.
    public static let product: StackingClass = "product"
    /// Promotions of the whole order.
    public static let order: StackingClass = "order"
    /// Promotions of shipping.
    public static let shipping: StackingClass = "shipping"
}
