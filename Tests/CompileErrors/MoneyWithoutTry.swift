// expected: call can throw, but it is not marked with 'try'
import MarketplaceCore

func total(_ price: Money, _ shipping: Money) -> Money {
    price + shipping
}
