extension CommandRule {
    /// The rules of products.
    static let products = [
        createProduct, editProduct, addVariant, changeSKU, changePrice, setPriceTiers, activateProduct,
        suspendProduct, archiveProduct, readDraft,
    ]

    /// Make a product.
    static let createProduct = CommandRule("product.create", by: .seller, .operator, .system)
    /// Change how a product is described.
    static let editProduct = CommandRule("product.edit", by: .seller, .operator, .system)
    /// Add a variant.
    static let addVariant = CommandRule("product.addVariant", by: .seller, .operator, .system)
    /// Change a variant's SKU.
    static let changeSKU = CommandRule("product.changeSKU", by: .seller, .operator, .system)
    /// Change a variant's price.
    static let changePrice = CommandRule("product.changePrice", by: .seller, .operator, .system)
    /// Replace a variant's prices by group and quantity.
    static let setPriceTiers = CommandRule("product.setPriceTiers", by: .seller, .operator, .system)
    /// Put a product on sale.
    static let activateProduct = CommandRule("product.activate", by: .seller, .operator)
    /// Take a product off sale for a while.
    static let suspendProduct = CommandRule("product.suspend", by: .seller, .operator)
    /// Take a product off sale for good.
    static let archiveProduct = CommandRule("product.archive", by: .seller, .operator)
    /// See a product that was never on sale.
    package static let readDraft = CommandRule("product.readDraft", by: .seller, .operator, .system)
}

extension ProductAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .create: .createProduct
        case .edit: .editProduct
        case .addVariant: .addVariant
        case .changeSKU: .changeSKU
        case .changePrice: .changePrice
        case .setPriceTiers: .setPriceTiers
        case .activate: .activateProduct
        case .suspend: .suspendProduct
        case .archive: .archiveProduct
        }
    }
}
