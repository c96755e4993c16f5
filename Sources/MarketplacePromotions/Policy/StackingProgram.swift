/// In which order promotions apply, and which of them go together.
///
/// Prices of the catalogue always come first. Then promotions apply in ``order``, each from what the earlier ones have
/// left, as far as they go together: an exclusive one that applies leaves no other, two combine only when both agree,
/// and a class may admit one only.
public struct StackingProgram: Sendable, Hashable {
    /// The classes in the order they apply, and how many of each; classes that are not listed come behind, all of them.
    public var classes: [ClassRule]
    /// What decides who comes first, the first key first; what they leave equal goes by the order of the promotions.
    public var order: [OrderKey]
    /// How those that apply are chosen.
    public var selection: Selection
    /// What becomes of a code that is to be used alone and is not.
    public var usedAlone: UsedAloneRule
    /// How many codes may bring something to one order; nil is no limit.
    public var maximumCodes: Int?

    /// A program: by class, then priority, all that go together, unless something else is given.
    public init(
        classes: [ClassRule] = [.all(.product), .all(.order), .all(.shipping)],
        order: [OrderKey] = [.stackingClass, .priority],
        selection: Selection = .inOrder,
        usedAlone: UsedAloneRule = .refuseIt,
        maximumCodes: Int? = nil
    ) {
        self.classes = classes
        self.order = order
        self.selection = selection
        self.usedAlone = usedAlone
        self.maximumCodes = maximumCodes
    }

    /// A class, and how many of its promotions apply.
    public struct ClassRule: Sendable, Hashable {
        /// The class.
        public var stackingClass: StackingClass
        /// How many of its promotions apply.
        public var admits: Admission

        /// All of a class that go together.
        public static func all(_ stackingClass: StackingClass) -> ClassRule {
            ClassRule(stackingClass, admits: .all)
        }

        /// The first of a class that applies.
        public static func first(_ stackingClass: StackingClass) -> ClassRule {
            ClassRule(stackingClass, admits: .first)
        }

        /// The one of a class that takes most off.
        public static func best(_ stackingClass: StackingClass) -> ClassRule {
            ClassRule(stackingClass, admits: .best)
        }

        /// A class, and how many of its promotions apply.
        public init(_ stackingClass: StackingClass, admits: Admission) {
            self.stackingClass = stackingClass
            self.admits = admits
        }
    }

    /// How many promotions of a class apply.
    public enum Admission: String, Sendable, Hashable, CaseIterable, Codable {
        /// All that go together.
        case all
        /// The first that applies.
        case first
        /// The one that takes most off where it stands; a tie goes to the first.
        case best
    }

    /// What decides which promotion comes first.
    public enum OrderKey: String, Sendable, Hashable, CaseIterable, Codable {
        /// By the order of ``StackingProgram/classes``.
        case stackingClass = "class"
        /// The higher priority first.
        case priority
        /// ``PromotionBenefit/buyGet(_:)`` before everything else.
        case buyGetFirst = "buy_get_first"
        /// Amounts before percentages.
        case amountsFirst = "amounts_first"
        /// Percentages before amounts.
        case percentagesFirst = "percentages_first"
        /// The larger number first, be it percent or major units of the currency.
        case largestNumberFirst = "largest_number_first"
    }

    /// How those that apply are chosen.
    public enum Selection: Sendable, Hashable {
        /// In order, each that goes together with those before it.
        case inOrder
        /// The legal combination, applied in order, that takes most off for the buyer.
        ///
        /// All combinations are tried as long as there are at most so many candidates; beyond that good ones are, and
        /// ``PricedBasket/search`` says so.
        case best(exactUpTo: Int = Selection.defaultExactCandidates)

        /// Candidates up to which every combination is tried: 4,096 of them take milliseconds for a basket of 20 lines.
        public static let defaultExactCandidates = 12
        /// The most candidates for which every combination may be asked for: a million combinations take seconds.
        public static let maximumExactCandidates = 20
    }

    /// What becomes of a code that is to be used alone and is entered with another.
    public enum UsedAloneRule: String, Sendable, Hashable, CaseIterable, Codable {
        /// It brings nothing, the others may.
        case refuseIt = "refuse_it"
        /// No code brings anything until the buyer has decided.
        case refuseEveryCode = "refuse_every_code"
        /// It goes together with no promotion that needs a code; who is first, or better, decides.
        case asExclusive = "as_exclusive"
    }
}
