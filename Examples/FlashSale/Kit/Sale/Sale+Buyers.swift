import Marketplace

extension Sale {
    /// Lets a buyer try until there is a unit, or no hope.
    func serve(_ buyer: Buyer) async -> BuyerStory {
        let line = lines[buyer.offer]
        var story = BuyerStory(buyer: buyer)
        defer {
            line.leave()
            progress.noteGone()
        }
        if buyer.comesEarly {
            let result = await attempt(buyer, &story)
            earlyTries.unlock()
            guard case .refused(.stock(.saleNotOpen)) = result else {
                await goOn(after: result, buyer, &story)
                return story
            }
        }
        await doors.wait()
        let result = await attempt(buyer, &story)
        await goOn(after: result, buyer, &story)
        return story
    }

    /// Tries again as long as it makes sense, and notes how it ended.
    private func goOn(after first: Attempt.Result, _ buyer: Buyer, _ story: inout BuyerStory) async {
        let line = lines[buyer.offer]
        var result = first
        var ticket: Int?
        while true {
            switch result {
            case .bought:
                story.end = .bought
                if buyer.comesBack { await comeBack(buyer, &story) }
                return
            case .refused(.stock(.insufficientStock)) where story.attempts.count < earlier.count(of: buyer):
                // In an earlier process the buyer has stood in the line, and was called.
                break
            case .refused(.stock(.insufficientStock)):
                let place = ticket ?? line.ticket()
                ticket = place
                guard await wait(place, in: line, &story) else {
                    story.end = .soldOut
                    return
                }
            case .refused(.stock(.saleNotOpen(_, let time))):
                // The wall clock was set back: what the opening has begun goes on when it has come to it again.
                guard (try? await sleep(untilWallTime: time)) != nil else { return }
            case .refused(.payment):
                story.end = .paymentRefused
                line.free()
                return
            case .refused, .stuck, .failed:
                line.free()
                return
            }
            result = await attempt(buyer, &story)
        }
    }

    private func wait(_ ticket: Int, in line: SaleLine, _ story: inout BuyerStory) async -> Bool {
        story.hasWaited = true
        progress.noteWaiting(1)
        defer { progress.noteWaiting(-1) }
        let began = moment()
        let hasHope = await line.wait(ticket)
        story.waited += moment().elapsed - began.elapsed
        return hasHope
    }

    /// Orders again until the limit or the stock ends it.
    private func comeBack(_ buyer: Buyer, _ story: inout BuyerStory) async {
        while case .bought = await attempt(buyer, &story) {}
        if case .refused(.payment)? = story.attempts.last?.result { lines[buyer.offer].free() }
    }

    private func attempt(_ buyer: Buyer, _ story: inout BuyerStory) async -> Attempt.Result {
        let number = story.attempts.count
        let source = BuyerIdentifiers.source(seed: plan.seed, buyer: buyer.number, attempt: number)
        let offer = offers[buyer.offer]
        let request = CheckoutRequest(
            order: source.next(),
            buyer: buyer.member,
            lines: [OrderLine(sku: offer.sku, quantity: .one, unitPrice: offer.price)]
        )
        // What was begun has its ids: those of this attempt are taken.
        let isRepeated = number < earlier.count(of: buyer)
        let attempt = await tills.serve {
            let began = moment()
            let result = await BuyerIdentifiers.$current.withValue(isRepeated ? nil : source) { await place(request) }
            return Attempt(
                order: request.order,
                began: began,
                ended: moment(),
                result: result,
                isRepeated: isRepeated
            )
        }
        if case .bought = attempt.result { acknowledged?.note(.bought(attempt.order)) }
        story.attempts.append(attempt)
        progress.note(attempt.result)
        return attempt.result
    }

    private func place(_ request: CheckoutRequest) async -> Attempt.Result {
        do throws(CheckoutError) {
            switch try await shop.checkout.place(request) {
            case .confirmed(let purchase): return .bought(purchase.total)
            case .refused(let refusal): return .refused(refusal)
            case .stuck(let stuck): return .stuck(stuck)
            }
        } catch {
            return .failed(error)
        }
    }
}
