// expected: cannot convert value of type 'Int' to specified type 'Quantity'
import MarketplaceCore

let units: Quantity = 0
