// expected: cannot convert value of type 'Identifier<Payment>' to expected argument type 'Identifier<Order>'
import MarketplaceCore

enum Order {}
enum Payment {}

func cancel(_ order: Identifier<Order>) {}

func confuse(_ payment: Identifier<Payment>) {
    cancel(payment)
}
