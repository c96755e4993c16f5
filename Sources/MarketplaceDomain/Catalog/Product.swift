public import MarketplaceCore

extension TransitionFact {
    /// There is something to put on sale.
    static let hasVariant: TransitionFact = "has a variant"
    /// Somebody who runs the marketplace took it off sale.
    static let suspendedByOperator: TransitionFact = "suspended by an operator"
}

/// What a seller offers: its text, its variants with their prices, and whether it is on sale.
///
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
    /// The variants, in the order in which they were added.
    public private(set) var variants: [ProductVariant] = []
    /// In which capacity it was suspended; nil while it is not.
    public private(set) var suspendedBy: ActorRole?

    /// The state before the first event.
    public init() {}

    /// The variant of that id.
    public func variant(_ id: VariantID) -> ProductVariant? {
        variants.first { $0.id == id }
    }

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(ProductRejection) -> [ProductEvent] {
        if case .create(let id, let seller, let title, let description) = command.action {
            return try create(id, seller, title, description, command)
        }
        guard let id else { throw .notCreated }
        switch command.action {
        case .create: return []
        case .edit(let title, let description): return try edit(id, title, description, command)
        case .addVariant(let variant): return try add(id, variant, command)
        case .changeSKU(let variant, let sku): return try changeSKU(id, variant, sku, command)
        case .changePrice(let variant, let price): return try changePrice(id, variant, price, command)
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
        case .updated(let update):
            title = update.title
            productDescription = update.description
        case .variantAdded(let added):
            variants.append(ProductVariant(id: added.variantID, sku: added.sku, price: added.price))
        case .variantChanged(let change):
            self.change(change.variantID) { $0.sku = change.to }
        case .priceChanged(let change):
            self.change(change.variantID) { $0.price = change.to }
        case .statusChanged(let change):
            status = change.to
            suspendedBy = change.to == .suspended ? change.by.role : nil
        }
    }

    private mutating func change(_ id: VariantID, _ body: (inout ProductVariant) -> Void) {
        guard let index = variants.firstIndex(where: { $0.id == id }) else { return }
        body(&variants[index])
    }
}
