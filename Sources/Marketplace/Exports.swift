// One import gives an application everything it builds a marketplace with; each module can also be imported alone.
@_exported public import MarketplaceCore
@_exported public import MarketplaceCoupons
@_exported public import MarketplaceDomain
@_exported public import MarketplaceInMemory
@_exported public import MarketplaceInventory
@_exported public import MarketplaceJSON
@_exported public import MarketplacePorts
@_exported public import MarketplacePromotions
@_exported public import MarketplaceSagas
@_exported public import MarketplaceStorage
