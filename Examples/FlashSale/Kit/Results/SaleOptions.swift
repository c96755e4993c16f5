package import ExampleStores
package import ExampleSupport
import Marketplace

/// The options of the command.
package enum SaleOptions {
    private static let defaults = SalePlan()
    /// How many tills there are on a store that outlives the process: enough to share every sync with many others, and
    /// no more than one worker takes over at a time.
    static let durableTills = 1_000

    /// How many buyers come.
    package static let buyers = Option.wholeNumber(
        "buyers",
        help: "How many buyers come, each for one unit of one SKU, dealt round robin",
        in: 1...1_000_000,
        default: defaults.buyers
    )
    /// How many units there are.
    package static let stock = Option.wholeNumber(
        "stock",
        help: "How many units there are, dealt over the SKUs",
        in: 0...1_000_000,
        default: defaults.stock
    )
    /// How many SKUs are sold.
    package static let skus = Option.wholeNumber(
        "skus",
        help: "How many SKUs are sold",
        in: 1...10_000,
        default: defaults.skuCount
    )
    /// How many units of a SKU one member may have.
    package static let perMemberLimit = Option.wholeNumber(
        "per-member-limit",
        help: "How many units of a SKU one member may have",
        in: 1...1_000,
        default: defaults.perMemberLimit.value
    )
    /// The share of payments that is refused.
    package static let paymentFailures = Option.percentage(
        "payment-failures",
        help: "The share of payments that is refused: four fifths of it when the money is to be set aside, one fifth"
            + " when it is to be taken",
        default: defaults.paymentFailures
    )
    /// The share of payments with an unanswered request.
    package static let paymentTimeouts = Option.percentage(
        "payment-timeouts",
        help: "The share of payments with a request that is not answered: half of it when the money is to be set"
            + " aside, half when it is to be taken; and of each, half after the money was moved and half before",
        default: defaults.paymentTimeouts
    )
    /// The share of buyers who come too early.
    package static let earlyArrivals = Option.percentage(
        "early-arrivals",
        help: "The share of the buyers that comes before the opening, is refused, and comes back",
        default: defaults.earlyArrivals
    )
    /// The share of buyers who order again.
    package static let comeBacks = Option.percentage(
        "come-backs",
        help: "The share of the buyers that orders again after a purchase, until the limit or the stock ends it",
        default: defaults.comeBacks
    )
    /// The people who walk away.
    package static let walkAways = Option.percentage(
        "walk-aways",
        help: "How many people, as a share of the buyers, come besides them, hold a unit for a quarter of a second and"
            + " walk away without paying",
        default: defaults.walkAways
    )
    /// How many purchases are under way at the same time.
    package static let tills = Option.wholeNumber(
        "tills",
        help: "How many purchases are under way at the same time, at most; the other buyers queue before the tills."
            + " Where the store outlives the process there are \(durableTills), unless another number is given",
        in: 1...1_000_000,
        default: defaults.tills
    )
    /// The seed.
    package static let seed = Option.seed(
        help: "What all that is drawn by lot follows from: who comes early or comes back, and what the gateway does at"
            + " a buyer's first, second, ... attempt. Which buyer gets a unit first is up to the scheduler; so two"
            + " runs of one seed have the same counts as long as nobody has to wait in a line: with no walk-aways,"
            + " come-backs only at a limit of 1, and no SKU that more buyers want than there are units",
        default: defaults.seed
    )
    /// The store.
    package static let store = Option.store(
        help: "Where stock, orders, payments and the journals of purchases are kept. What is kept in a file or on a"
            + " server outlives the process: it is checked by SQL as well, and --resume goes on with it"
    )
    /// Whether to go on.
    package static let resume = Option.flag(
        "resume",
        help: "Goes on with the sale that the store keeps, after its process was killed at any moment: other options"
            + " are as they were then, and those that are given must say the same. Where the process was killed before"
            + " it had written anything, the sale begins"
    )
    /// The gateway's record.
    package static let gatewayRecord = Option.file(
        "gateway-record",
        help: "Keeps the payment gateway's own record in this file, which must be new or empty unless --resume is"
            + " given. Unless it is named, it is kept in memory, or beside the file of the store as FILE.gateway"
    )
    /// What was acknowledged.
    package static let acknowledged = Option.file(
        "acknowledged",
        help: "Appends a line to this file for every purchase and hold that was acknowledged, and checks that each is"
            + " there in the end; it must be new or empty unless --resume is given"
    )
    /// The results.
    package static let json = Option.file("json", help: "Writes the figures and the checks as JSON to this file")
    /// The report.
    package static let report = Option.file(
        "report",
        placeholder: "FILE.html",
        help: "Writes a report with plots to this file"
    )

    /// The command.
    package static let command = CommandLineOptions(
        "flash-sale",
        summary: "sells a stock to a crowd that comes all at once, then checks that nothing went wrong. Exits with 0,"
            + " with 1 when a check is broken, with 64 when an option is wrong, with 73 when a file or a store cannot be written",
        [
            buyers, stock, skus, perMemberLimit, paymentFailures, paymentTimeouts, earlyArrivals, comeBacks,
            walkAways, tills, seed, store, resume, gatewayRecord, acknowledged, json, report,
        ]
    )
}
