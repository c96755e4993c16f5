/// The raw limit of a life: a struct that is changed in place, with the checks that cannot be left out and nothing
/// that tells what happened.
protocol RawLife: Sendable {
    init()

    /// Carries out the command at that place of the life.
    ///
    /// - Returns: How many events the library records for it; 0 when it is refused.
    mutating func perform(_ place: Int) -> Int64
}

/// An order of two lines in one parcel.
struct RawOrder: RawLife {
    private enum Status { case none, pending, confirmed, preparing, shipped, delivered, completed }

    private var status = Status.none
    private var total: Int64 = 0
    private var ordered: [Int] = []
    private var packed: [Int] = []
    private var shipped: [Int] = []
    private var delivered: [Int] = []

    init() {}

    mutating func perform(_ place: Int) -> Int64 {
        switch (place, status) {
        case (0, .none):
            ordered = [2, 2]
            (packed, shipped, delivered) = ([0, 0], [0, 0], [0, 0])
            total = ordered.reduce(0) { $0 + 1_250 * Int64($1) }
            status = .pending
            return 1
        case (1, .pending):
            status = .confirmed
            return 1
        case (2, .confirmed):
            for index in ordered.indices where packed[index] + shipped[index] < ordered[index] { packed[index] = 2 }
            status = .preparing
            return 2
        case (3, .preparing):
            for index in ordered.indices { (shipped[index], packed[index]) = (packed[index], 0) }
            status = .shipped
            return 2
        case (4, .shipped):
            for index in ordered.indices { delivered[index] = shipped[index] }
            guard delivered == ordered else { return 1 }
            status = .delivered
            return 2
        case (5, .delivered):
            status = .completed
            return 1
        default: return 0
        }
    }
}

/// A payment with one capture and one refund.
struct RawPayment: RawLife {
    private var amount: Int64 = 0
    private var authorized: Int64 = 0
    private var captures: [String: Int64] = [:]
    private var captured: Int64 = 0
    private var refunds: [String: Int64] = [:]
    private var pending: Int64 = 0
    private var refunded: Int64 = 0

    init() {}

    mutating func perform(_ place: Int) -> Int64 {
        switch place {
        case 0:
            amount = 5_000
            return 1
        case 1:
            guard authorized == 0 else { return 0 }
            authorized = amount
            return 1
        case 2:
            guard captures["capture"] == nil, captured < authorized else { return 0 }
            captures["capture"] = authorized
            captured = authorized
            return 2
        case 3:
            guard refunds["refund"] == nil, refunded + pending + 1_250 <= captured else { return 0 }
            refunds["refund"] = 1_250
            pending += 1_250
            return 1
        default:
            guard let refund = refunds["refund"] else { return 0 }
            pending -= refund
            refunded += refund
            return 1
        }
    }
}

/// A product with one variant.
struct RawProduct: RawLife {
    private enum Status { case none, draft, active, suspended }

    private var status = Status.none
    private var title = ""
    private var prices: [(sku: String, price: Int64)] = []

    init() {}

    mutating func perform(_ place: Int) -> Int64 {
        switch (place, status) {
        case (0, .none):
            title = "Cup"
            status = .draft
        case (1, .draft):
            guard !prices.contains(where: { $0.sku == "cup" }) else { return 0 }
            prices.append(("cup", 1_500))
        case (2, .draft):
            guard !prices.isEmpty else { return 0 }
            status = .active
        case (3, .active): prices[0].price = 1_250
        case (4, .active): status = .suspended
        default: return 0
        }
        return 1
    }
}

/// The accounts of one order of one line.
struct RawSettlement: RawLife {
    private var accounts: [String: Int64] = [:]
    private var captured: Int64 = 0
    private var delivered = 0
    private var returned = 0

    init() {}

    mutating func perform(_ place: Int) -> Int64 {
        switch place {
        case 0: return 1
        case 1:
            guard captured + 2_500 <= 2_500 else { return 0 }
            captured += 2_500
            post(["cash": 2_500, "prepayments": -2_500])
        case 2:
            guard delivered + 2 <= 2 else { return 0 }
            delivered += 2
            post(["prepayments": 2_500, "commission": -210, "tax": -42, "seller": -2_248])
        default:
            guard returned < delivered else { return 0 }
            returned += 1
            post(["commission": 105, "tax": 21, "seller": 1_124, "cash": -1_250])
        }
        return 1
    }

    private mutating func post(_ amounts: [String: Int64]) {
        for (account, amount) in amounts { accounts[account, default: 0] += amount }
    }
}
