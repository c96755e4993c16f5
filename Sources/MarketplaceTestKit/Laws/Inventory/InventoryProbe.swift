import MarketplaceCore
import MarketplaceInventory
import Synchronization

/// What a law of inventories works with: two connections to one site, whose calls are noted.
struct InventoryProbe: Sendable {
    /// So many units of a SKU at a location.
    struct Wish: Sendable {
        let sku: SKU
        let units: Int
        let location: LocationKey

        static func of(_ sku: SKU, _ units: Int, at location: LocationKey = .main) -> Wish {
            Wish(sku: sku, units: units, location: location)
        }
    }

    /// A count that callers share.
    final class Tally: Sendable {
        private let current: Mutex<Int>

        init(from start: Int = 0) {
            current = Mutex(start)
        }

        var value: Int { current.withLock { $0 } }

        /// Counts one more, and returns how many there are then.
        @discardableResult
        func add() -> Int {
            current.withLock { current in
                current += 1
                return current
            }
        }
    }

    let site: InventorySite
    let history: LawHistory
    /// The first connection.
    let first: any InventoryStore
    /// Another connection, as another process has it.
    let second: any InventoryStore
    /// The connections for callers among others.
    private let crowded: [any InventoryStore]
    // Beyond the ids that laws choose.
    private let numbers = Tally(from: 1_000_000)

    init(_ site: InventorySite, history: LawHistory) async throws {
        self.site = site
        self.history = history
        let connections = [try await site.connect(), try await site.connect()]
        first = RecordingInventory(connections[0], history: history)
        second = RecordingInventory(connections[1], history: history)
        crowded = connections.map { RecordingInventory($0, history: history, isAmongOthers: true) }
    }

    /// So many seconds after the beginning of the law.
    static func second(_ second: Int64) -> Timestamp {
        Timestamp(microsecondsSinceEpoch: 1_767_225_600_000_000 + second * 1_000_000)
    }

    static func id(_ number: Int) -> ReservationID { ReservationID(bits: UInt128(number)) }

    static func lines(_ wishes: [Wish]) throws -> ReservationLines {
        ReservationLines(try wishes.map { ReservationLine($0.sku, try Quantity($0.units), at: $0.location) })
    }

    /// Callers that all begin at once, every other one on the second connection.
    func crowd<Answer: Sendable>(
        _ count: Int,
        _ body: @escaping @Sendable (Int, any InventoryStore) async throws -> Answer
    ) async throws -> [Answer] {
        try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
            for caller in 0..<count {
                let inventory = crowded[caller % crowded.count]
                group.addTask { (caller, try await body(caller, inventory)) }
            }
            var answers: [(Int, Answer)] = []
            for try await answer in group { answers.append(answer) }
            return answers.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    // MARK: Calls

    /// Records a change under an id of its own unless it is given one.
    @discardableResult
    func record(
        _ action: StockAction,
        of sku: SKU,
        at location: LocationKey = .main,
        id: Int? = nil,
        reference: StockReference? = nil,
        second: Int64 = 0,
        on inventory: (any InventoryStore)? = nil
    ) async throws -> StockLevel {
        let id = MovementID(bits: UInt128(id ?? numbers.add()))
        let time = Self.second(second)
        let change = StockChange(id: id, sku: sku, at: location, action, reference: reference, time: time)
        return try await (inventory ?? first).record(change)
    }

    /// Takes in stock.
    func restock(_ units: Int, of sku: SKU, at location: LocationKey = .main, second: Int64 = 0) async throws {
        try await record(.restock(try Quantity(units)), of: sku, at: location, second: second)
    }

    func setTerms(_ terms: SaleTerms, of sku: SKU, on inventory: (any InventoryStore)? = nil) async throws {
        try await (inventory ?? first).setTerms(terms, for: sku, at: Self.second(0))
    }

    @discardableResult
    func reserve(
        _ number: Int,
        _ wishes: Wish...,
        member: MemberKey = "ann",
        allowsBackorder: Bool = true,
        at second: Int64 = 1,
        until deadline: Int64 = 60,
        on inventory: (any InventoryStore)? = nil
    ) async throws -> Reservation {
        try await reserve(
            number,
            try Self.lines(wishes),
            member: member,
            allowsBackorder: allowsBackorder,
            at: second,
            until: deadline,
            on: inventory
        )
    }

    @discardableResult
    func reserve(
        _ number: Int,
        _ lines: ReservationLines,
        member: MemberKey = "ann",
        allowsBackorder: Bool = true,
        at second: Int64 = 1,
        until deadline: Int64 = 60,
        on inventory: (any InventoryStore)? = nil
    ) async throws -> Reservation {
        let request = ReservationRequest(
            id: Self.id(number),
            lines: lines,
            member: member,
            reference: StockReference(stringLiteral: "order-\(number)"),
            allowsBackorder: allowsBackorder,
            deadline: Self.second(deadline),
            at: Self.second(second)
        )
        return try await (inventory ?? first).reserve(request)
    }

    /// Allocates units of a reservation; all of it when none are named.
    @discardableResult
    func allocate(
        _ number: Int,
        _ wishes: Wish...,
        at second: Int64 = 2,
        on inventory: (any InventoryStore)? = nil
    ) async throws -> ReservationState {
        let inventory = inventory ?? first
        if wishes.isEmpty { return try await inventory.allocate(Self.id(number), at: Self.second(second)) }
        return try await inventory.allocate(try Self.lines(wishes), of: Self.id(number), at: Self.second(second))
    }

    /// Releases units of a reservation; all of it when none are named.
    @discardableResult
    func release(
        _ number: Int,
        _ wishes: Wish...,
        at second: Int64 = 3,
        on inventory: (any InventoryStore)? = nil
    ) async throws -> ReleaseOutcome {
        let inventory = inventory ?? first
        if wishes.isEmpty { return try await inventory.release(Self.id(number), at: Self.second(second)) }
        return try await inventory.release(try Self.lines(wishes), of: Self.id(number), at: Self.second(second))
    }

    /// Ships units of a reservation; all of it when none are named.
    func ship(
        _ number: Int,
        _ wishes: Wish...,
        at second: Int64 = 4,
        on inventory: (any InventoryStore)? = nil
    ) async throws {
        let inventory = inventory ?? first
        if wishes.isEmpty { return try await inventory.ship(Self.id(number), at: Self.second(second)) }
        try await inventory.ship(try Self.lines(wishes), of: Self.id(number), at: Self.second(second))
    }

    @discardableResult
    func extend(_ number: Int, to deadline: Int64, at second: Int64) async throws -> Reservation {
        try await first.extend(Self.id(number), to: Self.second(deadline), at: Self.second(second))
    }

    /// Fills backorders and returns the numbers of the reservations that got something.
    @discardableResult
    func fill(_ sku: SKU, at location: LocationKey = .main, limit: Int = 100, second: Int64 = 5) async throws -> [Int] {
        let point = StockPoint(sku, at: location)
        return try await first.fillBackorders(of: point, limit: limit, at: Self.second(second)).map { Int($0.id.bits) }
    }

    /// Ends overdue holds and returns their numbers.
    @discardableResult
    func expire(by second: Int64, limit: Int = 100) async throws -> [Int] {
        try await first.expire(dueBy: Self.second(second), limit: limit).map { Int($0.id.bits) }
    }

    /// All movements there are, read in pages.
    func movements(
        pageSize: Int = InventoryLimits.pageSize,
        of inventory: (any InventoryStore)? = nil
    ) async throws -> [StockMovement] {
        var movements: [StockMovement] = []
        var cursor = MovementCursor.start
        while true {
            let slice = try await (inventory ?? second).movements(after: cursor, limit: pageSize)
            if slice.movements.isEmpty { return movements }
            movements += slice.movements
            cursor = slice.next
        }
    }
}

extension Law where Subject == InventorySite {
    /// Makes a law whose body works with a probe.
    init(
        _ name: String,
        _ statement: String,
        probing body: @escaping @Sendable (InventoryProbe) async throws -> Void
    ) {
        self.init(name, statement) { site, history in
            try await body(try await InventoryProbe(site, history: history))
        }
    }
}
