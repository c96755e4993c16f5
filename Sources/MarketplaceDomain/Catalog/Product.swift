public import MarketplaceCore

extension TransitionFact {
    /// There is something to put on sale.
    static let hasVariant: TransitionFact = "has a variant"
    /// Somebody who runs the marketplace took it off sale.
    static let suspendedByOperator: TransitionFact = "suspended by an operator"
}

/// What a seller offers: how it is described, its variants with their prices, and whether it is on sale.
///
/// A variant stands for one choice per option, and no two stand for the same; without options there is one variant.
/// All variants are priced in one currency, that of the first. A product that an operator suspended is put back on
/// sale by an operator only. A repeated command changes nothing.
public struct Product: Aggregate, Hashable {
    /// What can be asked of it.
    public typealias Command = ActorCommand<ProductAction>
    /// What can happen to it.
    public typealias Event = ProductEvent
    /// Why a command can be refused.
    public typealias Rejection = ProductRejection
    /// What names one.
    public typealias ID = ProductID

    /// The category of its event streams.
    public static var category: String { "product" }

    /// The most Unicode scalars in a title: what shopping feeds take over (Google Merchant Center: 150).
    public static let maximumTitleLength = 150
    /// The most Unicode scalars in a description: what shopping feeds take over (Google Merchant Center: 5,000).
    public static let maximumDescriptionLength = 5_000
    /// The most variants: enough for three options of four values, few enough to read at once.
    public static let maximumVariants = 100

    /// The most bytes of a SKU: what the inventory keeps.
    public static let maximumSKULength = 200
    /// The most bytes of the name of a group of buyers: a word, not a sentence.
    public static let maximumGroupLength = 32

    /// Who may move it from where to where.
    public static let lifecycle = TransitionMachine<ProductStatus, ProductMove, ActorRole> {
        Transition(.create, to: .draft, by: .seller, .operator, .system)
        Transition.staying(.edit, in: .draft, .active, .suspended, by: .seller, .operator, .system)
        Transition(.activate, from: .draft, to: .active, by: .seller, .operator, when: .hasVariant)
        Transition(.suspend, from: .active, to: .suspended, by: .seller, .operator)
        Transition(.suspend, from: .suspended, to: .suspended, by: .operator, unless: .suspendedByOperator)
        Transition(.activate, from: .suspended, to: .active, by: .operator)
        Transition(.activate, from: .suspended, to: .active, by: .seller, unless: .suspendedByOperator)
        Transition(.archive, from: .draft, .active, .suspended, to: .archived, by: .seller, .operator)
    }

    /// Where it is in its life; nil before it is made.
    public private(set) var status: ProductStatus?
    /// What names it; nil before it is made.
    public private(set) var id: ProductID?
    /// Whose it is; nil before it is made.
    public private(set) var sellerID: SellerID?
    /// The title.
    public private(set) var title = ""
    /// The description.
    public private(set) var productDescription = ""
    /// What buyers choose between.
    public private(set) var options: [ProductOption] = []
    /// Where it stands in the catalogue, the main category first.
    public private(set) var categories: [CategoryID] = []
    /// What buyers filter by.
    public private(set) var attributes: [ProductAttribute] = []
    /// Pictures, in the order of display.
    public private(set) var media: [ProductMedia] = []
    /// The variants, in the order in which they were added.
    public private(set) var variants: [ProductVariant] = []
    /// In which capacity it was suspended; nil while it is not.
    public private(set) var suspendedBy: ActorRole?
    /// When it was made; nil before.
    public private(set) var createdAt: Timestamp?

    private var histories: [VariantID: PriceHistory] = [:]
    private var priceLists: [VariantID: PriceListHistory] = [:]

    /// The state before the first event.
    public init() {}

    /// The variant of that id.
    public func variant(_ id: VariantID) -> ProductVariant? {
        variants.first { $0.id == id }
    }

    /// At which prices a variant was on sale.
    public func priceHistory(of id: VariantID) -> PriceHistory {
        histories[id] ?? PriceHistory()
    }

    /// Under which price lists a variant was on sale.
    public func priceListHistory(of id: VariantID) -> PriceListHistory {
        priceLists[id] ?? PriceListHistory()
    }

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(ProductRejection) -> [ProductEvent] {
        if case .create(let id, let seller, let title, let description) = command.action {
            return try create(id, seller, title, description, command)
        }
        guard let id else { throw .notCreated }
        switch command.action {
        case .create: return []
        case .edit(let edit): return try change(id, edit, command)
        case .addVariant(let variant): return try add(id, variant, command)
        case .changeSKU(let variant, let sku): return try changeSKU(id, variant, sku, command)
        case .changePrice(let variant, let price): return try changePrice(id, variant, price, command)
        case .setPriceTiers(let variant, let tiers): return try setTiers(id, variant, tiers, command)
        case .activate: return try changeStatus(id, .activate, to: .active, command)
        case .suspend: return try changeStatus(id, .suspend, to: .suspended, command)
        case .archive: return try changeStatus(id, .archive, to: .archived, command)
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: ProductEvent) {
        switch event {
        case .created(let created):
            status = .draft
            id = created.productID
            sellerID = created.sellerID
            title = created.title
            productDescription = created.description
            createdAt = created.at
        case .updated(let update):
            title = update.title
            productDescription = update.description
            if let options = update.options { offer(options) }
            categories = update.categories ?? categories
            attributes = update.attributes ?? attributes
            media = update.media ?? media
        case .variantAdded(let added):
            let choices = added.choices ?? []
            let tiers = added.tiers ?? []
            variants.append(
                ProductVariant(id: added.variantID, sku: added.sku, price: added.price, choices: choices, tiers: tiers)
            )
            notePrices(at: added.at)
        case .variantChanged(let change):
            self.change(change.variantID) { $0.sku = change.to }
        case .priceChanged(let change):
            self.change(change.variantID) { $0.price = change.to }
            notePrices(at: change.at)
        case .priceTiersChanged(let change):
            self.change(change.variantID) { $0.tiers = change.tiers }
            notePrices(at: change.at)
        case .statusChanged(let change):
            status = change.to
            suspendedBy = change.to == .suspended ? change.by.role : nil
            notePrices(at: change.at)
        }
    }

    /// Takes over options; what variants stand for is kept in their order.
    private mutating func offer(_ options: [ProductOption]) {
        self.options = options
        for index in variants.indices {
            let choices = variants[index].choices
            variants[index].choices = options.flatMap { option in choices.filter { $0.option == option.name } }
        }
    }

    private mutating func change(_ id: VariantID, _ body: (inout ProductVariant) -> Void) {
        guard let index = variants.firstIndex(where: { $0.id == id }) else { return }
        body(&variants[index])
    }

    private mutating func notePrices(at time: Timestamp) {
        for variant in variants {
            let price = status == .active ? variant.price : nil
            histories[variant.id, default: PriceHistory()].note(price, at: time)
            priceLists[variant.id, default: PriceListHistory()].note(price, variant.tiers, at: time)
        }
    }
}
