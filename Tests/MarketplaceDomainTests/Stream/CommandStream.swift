import MarketplaceCore
import MarketplaceDomain
import TestSupport

/// A seeded stream of commands, legal and illegal, by anybody and at any time, to a population of aggregates.
///
/// After every command it holds what must hold of all of them: a refusal is the aggregate's own and a sentence, nobody
/// is let through whom the rule does not name, the same command again changes nothing, the state is sound, and the
/// ledger sums to zero in every currency.
struct CommandStream {
    /// The commands whose repetition only their key can tell, which a repository remembers.
    ///
    /// Each of them is a fact of its own.
    static let toldAnew: Set<String> = [
        "member.update", "member.changeCredential", "order.changeAddress", "order.recordReturn", "order.giveGoodwill",
        "order.giveSellerGoodwill", "review.edit",
    ]

    var run: PropertyRun
    private(set) var now = Example.now
    private(set) var tally = CommandTally()
    var books = StreamBooks()
    private var lastNumber = 0

    var orders: [StreamSubject<Order, OrderAction>] = []
    var groups: [StreamSubject<OrderGroup, OrderGroupAction>] = []
    var shipments: [StreamSubject<Shipment, ShipmentAction>] = []
    var payments: [StreamSubject<Payment, PaymentAction>] = []
    var returns: [StreamSubject<OrderReturn, ReturnAction>] = []
    var products: [StreamSubject<Product, ProductAction>] = []
    var trees: [StreamSubject<CategoryTree, CategoryAction>] = []
    var reviews: [StreamSubject<Review, ReviewAction>] = []
    var members: [StreamSubject<Member, MemberAction>] = []
    var sellers: [StreamSubject<SellerAccount, SellerAccountAction>] = []
    var enterprises: [StreamSubject<Enterprise, EnterpriseAction>] = []
    var schools: [StreamSubject<PartnerSchool, PartnerSchoolAction>] = []
    var settlements: [StreamSubject<OrderSettlement, OrderSettlementAction>] = []
    var payouts: [StreamSubject<Payout, PayoutAction>] = []
    var carts: [StreamCart] = []

    init(_ run: PropertyRun) {
        self.run = run
    }

    /// Gives one command to one of the population.
    mutating func step() throws {
        switch run.natural(through: 29) {
        case 0...5: try commandOrder()
        case 6...9: try commandPayment()
        case 10...13: try commandSettlement()
        case 14, 15: try commandPayout()
        case 16, 17: try commandReturn()
        case 18, 19: try commandShipment()
        case 20, 21: try commandProduct()
        case 22, 23: try commandCategory()
        case 24: try commandReview()
        case 25, 26: try commandMember()
        case 27: try commandSeller()
        case 28: try run.natural(through: 1) == 0 ? commandEnterprise() : commandSchool()
        default: try run.natural(through: 2) == 0 ? commandGroup() : commandCart()
        }
        if let problem = books.problem { throw StreamViolation(problem) }
    }

    /// Checks the replay of everything that is still alive.
    func finish() throws {
        try orders.forEach { try $0.checkReplay(throughStore: true) }
        try groups.forEach { try $0.checkReplay(throughStore: true) }
        try shipments.forEach { try $0.checkReplay(throughStore: true) }
        try payments.forEach { try $0.checkReplay(throughStore: true) }
        try returns.forEach { try $0.checkReplay(throughStore: true) }
        try products.forEach { try $0.checkReplay(throughStore: true) }
        try trees.forEach { try $0.checkReplay(throughStore: true) }
        try reviews.forEach { try $0.checkReplay(throughStore: true) }
        try members.forEach { try $0.checkReplay(throughStore: true) }
        try sellers.forEach { try $0.checkReplay(throughStore: true) }
        try enterprises.forEach { try $0.checkReplay(throughStore: true) }
        try schools.forEach { try $0.checkReplay(throughStore: true) }
        try settlements.forEach { try $0.checkReplay(throughStore: true) }
        try payouts.forEach { try $0.checkReplay(throughStore: true) }
    }
}

extension CommandStream {
    /// How many of a kind live at a time.
    private static let capacity = 3

    /// One of a population; now and then a new one takes the place of an old one.
    mutating func subject<Root, Action>(
        of population: WritableKeyPath<CommandStream, [StreamSubject<Root, Action>]>,
        _ make: (inout CommandStream) throws -> StreamSubject<Root, Action>
    ) throws -> StreamSubject<Root, Action> {
        let place = run.natural(through: Self.capacity - 1)
        guard self[keyPath: population].indices.contains(place) else {
            let new = try make(&self)
            self[keyPath: population].append(new)
            return new
        }
        let existing = self[keyPath: population][place]
        guard run.natural(through: 44) == 0 else { return existing }
        try existing.checkReplay(throughStore: run.natural(through: 4) == 0)
        let new = try make(&self)
        self[keyPath: population][place] = new
        return new
    }

    /// Gives a command, by somebody whom its rule names more often than not, and checks what holds of every command.
    ///
    /// - Returns: What was recorded.
    @discardableResult
    mutating func give<Root, Action>(
        _ action: Action,
        to subject: StreamSubject<Root, Action>,
        by given: CommandActor? = nil
    ) throws -> [Root.Event] {
        passTime()
        let rule = action.rule
        let actor = given ?? actor(for: rule, owner: subject.owner, seller: subject.seller)
        let command = ActorCommand(action, by: actor, at: now)
        let events: [Root.Event]
        do throws(Root.Rejection) {
            events = try subject.root.decide(command)
        } catch {
            try Self.check(refusal: error)
            tally.note(rule.command, \.refused)
            return []
        }
        guard rule.parties.contains(actor.party(owner: subject.owner, seller: subject.seller)) else {
            throw StreamViolation("\(rule.command) was open to \(actor)")
        }
        tally.note(rule.command, events.isEmpty ? \.unchanged : \.legal)
        do {
            try subject.record(events)
        } catch {
            throw StreamViolation("\(error), after \(action) by \(actor)")
        }
        if let again = try? subject.root.decide(command), !again.isEmpty {
            guard Self.toldAnew.contains(rule.command) else { throw StreamViolation("\(action) has an effect twice") }
            tally.noteToldAnew(rule.command)
        }
        return events
    }

    /// Notes a command to something that is no aggregate.
    mutating func note(_ command: String, _ outcome: WritableKeyPath<CommandTally.Count, Int>) {
        tally.note(command, outcome)
    }

    /// Checks that a refusal is a sentence that says whether anything happened.
    static func check(refusal: some EffectStating) throws(StreamViolation) {
        let sentence = "\(refusal)"
        guard sentence.split(separator: " ").count > 2 else {
            throw StreamViolation("a refusal is no sentence: \(sentence)")
        }
        guard refusal.effect == .refused || refusal.effect == .notApplied else {
            throw StreamViolation("a refusal leaves open what happened: \(sentence)")
        }
    }

    /// Moves the clock, mostly a little and rarely back.
    mutating func passTime() {
        switch run.natural(through: 99) {
        case 0: now = now.advanced(by: .days(2))
        case 1...10: now = now.advanced(by: .hours(2))
        case 11...14: now = now.advanced(by: .seconds(-30))
        default: now = now.advanced(by: .seconds(run.natural(through: 90)))
        }
    }

    /// Lets a long time pass, once in a few times.
    mutating func wait(_ duration: Duration) {
        if happens(onceIn: 3) { now = now.advanced(by: duration) }
    }

    private mutating func actor(for rule: CommandRule, owner: MemberID?, seller: SellerID?) -> CommandActor {
        let isNamed = run.natural(through: 9) > 1
        switch run.element(of: isNamed ? rule.parties.sorted() : CommandParty.allCases) {
        case .visitor: return .visitor
        case .member: return .buyer(Example.stranger)
        case .owner: return .buyer(owner ?? Example.stranger)
        case .otherSeller: return .seller(Example.otherSeller)
        case .seller: return .seller(seller ?? Example.otherSeller)
        case .operator: return .operator(Example.staff)
        case .system: return .system
        }
    }

    /// A number that was not used before.
    mutating func nextNumber() -> UInt128 {
        lastNumber += 1
        // Beyond the ids of the examples.
        return UInt128(1000 + lastNumber)
    }

    /// A member who owns something.
    mutating func anyOwner() -> MemberID { MemberID(bits: UInt128(100 + run.natural(through: 2))) }

    /// Somebody who sells.
    mutating func anySeller() -> SellerID { SellerID(bits: UInt128(200 + run.natural(through: 2))) }

    /// Whether it happens, once in so many times.
    mutating func happens(onceIn count: Int) -> Bool { run.natural(through: count - 1) == 0 }
}
