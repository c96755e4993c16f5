import MarketplaceCore
import MarketplaceInventory
import Testing

/// What a member of a waiting queue goes through, on every form.
struct WaitingQueueScenarioTests {
    @Test(arguments: WaitingQueueForm.allCases)
    func numbersFollowTheOrderOfJoining(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario())
        for number in 1...20 {
            let ticket = try await queue.join(.numbered(number), at: .second(Int64(number)))
            #expect(ticket.number == Int64(number))
            #expect(ticket.member == .numbered(number))
            #expect(ticket.joinedAt == .second(Int64(number)))
        }
        let again = try await queue.join(.numbered(7), at: .second(50))
        #expect(again.number == 7 && again.joinedAt == .second(7))
        #expect(try await queue.advance(to: .second(50)).joined == 20)
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func membersAreCalledInOrderAtTheRate(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario(rate: AdmissionRate(2, per: .seconds(3)), burst: 3))
        try await queue.join(1...20)
        #expect(try await queue.called(of: 1...20, at: 99) == [])
        #expect(try await queue.called(of: 1...20, at: 100) == [1, 2, 3])
        #expect(try await queue.called(of: 1...20, at: 101) == [1, 2, 3])
        #expect(try await queue.called(of: 1...20, at: 102) == [1, 2, 3, 4])
        #expect(try await queue.called(of: 1...20, at: 103) == [1, 2, 3, 4, 5])
        #expect(try await queue.called(of: 1...20, at: 106) == [1, 2, 3, 4, 5, 6, 7])
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func aTicketThatWaitsKnowsHowManyAreBeforeItAndWhenItIsCalled(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario(rate: AdmissionRate(2, per: .seconds(3)), burst: 3))
        try await queue.join(1...20)
        #expect(try await queue.status(1, at: 50) == .waiting(before: 0, estimatedCall: .second(100)))
        #expect(try await queue.status(3, at: 50) == .waiting(before: 2, estimatedCall: .second(100)))
        let half = Timestamp.second(101).advanced(by: .milliseconds(500))
        #expect(try await queue.status(4, at: 50) == .waiting(before: 3, estimatedCall: half))
        #expect(
            try await queue.status(20, at: 103) == .waiting(before: 14, estimatedCall: half.advanced(by: .seconds(24)))
        )
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func whoWasCalledEntersWithinTheWindow(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario())
        try await queue.join(1...3)
        let early = try await waitingRefusal { () async throws(WaitingQueueError) in
            try await queue.enter(.numbered(2), at: .second(101))
        }
        #expect(early == .notCalled(number: 2, before: 0, estimatedCall: .second(102)))
        #expect(try await queue.status(2, at: 102) == .called(until: .second(112)))
        #expect(try await !queue.isAdmitted(.numbered(2), at: .second(111)))
        let pass = try await queue.enter(.numbered(2), at: .second(111))
        #expect(pass.number == 2 && pass.enteredAt == .second(111) && pass.validUntil == nil)
        #expect(try await queue.enter(.numbered(2), at: .second(500)) == pass)
        #expect(try await queue.admission(of: .numbered(2), at: .second(500)) == pass)
        #expect(try await queue.status(2, at: 500) == .inside(pass))
        #expect(try await queue.isAdmitted(.numbered(1), at: .second(111)) == false)
        #expect(try await queue.isAdmitted("nobody", at: .second(111)) == false)
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func theEndOfTheWindowIsTooLate(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario())
        try await queue.join(1...1)
        #expect(try await queue.status(1, at: 101) == .called(until: .second(111)))
        #expect(try await queue.status(1, at: 111) == .missed)
        let late = try await waitingRefusal { () async throws(WaitingQueueError) in
            try await queue.enter(.numbered(1), at: .second(111))
        }
        #expect(late == .missed(number: 1))
        let leaving = try await waitingRefusal { () async throws(WaitingQueueError) in
            try await queue.leave(.numbered(1), at: .second(112))
        }
        #expect(leaving == .missed(number: 1))
        #expect(try await queue.advance(to: .second(112)).noShows == 1)
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func aNoShowsPlaceGoesToOneMore(form: WaitingQueueForm) async throws {
        // Three places and then one in a thousand seconds: what is called after is called in place of a no-show.
        let queue = try await form.make(.scenario(rate: AdmissionRate(1, per: .seconds(1_000)), burst: 3))
        try await queue.join(1...10)
        #expect(try await queue.called(of: 1...10, at: 100) == [1, 2, 3])
        try await queue.enter(.numbered(2), at: .second(105))
        #expect(try await queue.called(of: 1...10, at: 109) == [1, 3])
        #expect(try await queue.called(of: 1...10, at: 110) == [4, 5])
        #expect(try await queue.advance(to: .second(110)).noShows == 2)
        #expect(try await queue.called(of: 1...10, at: 119) == [4, 5])
        #expect(try await queue.called(of: 1...10, at: 120) == [6, 7])
        #expect(try await queue.advance(to: .second(121)).noShows == 4)
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func aNoShowJoinsAgainAtTheEndWhereTheTermsAllowIt(form: WaitingQueueForm) async throws {
        for mayRejoin in [true, false] {
            let queue = try await form.make(.scenario(noShowsMayRejoin: mayRejoin))
            try await queue.join(1...2)
            #expect(try await queue.called(of: 1...2, at: 101) == [1])
            var ticket: WaitingTicket?
            let answer = try await waitingRefusal { () async throws(WaitingQueueError) in
                ticket = try await queue.join(.numbered(1), at: .second(111))
            }
            #expect(answer == (mayRejoin ? nil : .missed(number: 1)))
            #expect(ticket?.number == (mayRejoin ? 3 : nil))
            #expect(try await queue.advance(to: .second(112)).noShows == 1)
        }
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func whoLeavesTheLineIsPassedOver(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario(burst: 2))
        try await queue.join(1...6)
        try await queue.leave(.numbered(1), at: .second(2))
        try await queue.leave(.numbered(3), at: .second(2))
        try await queue.leave(.numbered(3), at: .second(3))
        #expect(try await queue.advance(to: .second(4)).waiting == 4)
        #expect(try await queue.status(3, at: 5) == .left)
        #expect(try await queue.called(of: 1...6, at: 100) == [2, 4])
        #expect(try await queue.called(of: 1...6, at: 101) == [2, 4, 5])
        let figures = try await queue.advance(to: .second(102))
        #expect(figures.called == 4 && figures.calledThrough == 6 && figures.waiting == 0 && figures.noShows == 0)
        let entering = try await waitingRefusal { () async throws(WaitingQueueError) in
            try await queue.enter(.numbered(3), at: .second(102))
        }
        #expect(entering == .left(number: 3))
        #expect(try await queue.join(.numbered(3), at: .second(103)).number == 7)
        #expect(try await queue.called(of: 1...6, at: 103) == [2, 3, 4, 5, 6])
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func whoLeavesAfterTheCallGivesThePlaceBack(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario(rate: AdmissionRate(1, per: .seconds(1_000)), burst: 2))
        try await queue.join(1...6)
        #expect(try await queue.called(of: 1...6, at: 100) == [1, 2])
        try await queue.leave(.numbered(1), at: .second(101))
        try await queue.leave(.numbered(1), at: .second(102))
        #expect(try await queue.called(of: 1...6, at: 102) == [2, 3])
        let figures = try await queue.advance(to: .second(130))
        // Neither counts as a no-show whose place is given back once more: 2, 3 and who came after them do.
        #expect(figures.givenBack == 1 && figures.noShows == 2)
        #expect(figures.called == 2 + 1 + 2)
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func noMoreAreInsideThanMayBe(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario(rate: .perSecond(100), maximumInside: 3))
        try await queue.join(1...10)
        #expect(try await queue.called(of: 1...10, at: 101) == [1, 2, 3])
        for number in 1...3 { try await queue.enter(.numbered(number), at: .second(102)) }
        #expect(try await queue.called(of: 1...10, at: 120) == [])
        try await queue.exit(.numbered(2), at: .second(121))
        try await queue.exit(.numbered(2), at: .second(121))
        #expect(try await queue.called(of: 1...10, at: 122) == [4])
        try await queue.leave(.numbered(1), at: .second(123))
        #expect(try await queue.called(of: 1...10, at: 124) == [4, 5])
        #expect(try await queue.status(1, at: 124) == .exited)
        #expect(try await queue.advance(to: .second(125)).placesTaken == 3)
        let outside = try await waitingRefusal { () async throws(WaitingQueueError) in
            try await queue.exit(.numbered(9), at: .second(125))
        }
        #expect(outside == .notInside(number: 9))
        let again = try await waitingRefusal { () async throws(WaitingQueueError) in
            try await queue.enter(.numbered(2), at: .second(125))
        }
        #expect(again == .exited(number: 2))
        #expect(try await queue.join(.numbered(2), at: .second(125)).number == 11)
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func aStayEndsAndFreesThePlace(form: WaitingQueueForm) async throws {
        let terms = WaitingQueueTerms.scenario(rate: .perSecond(10), maximumInside: 1, maximumStay: .seconds(60))
        let queue = try await form.make(terms)
        try await queue.join(1...3)
        try await queue.enter(.numbered(1), at: .second(101))
        #expect(try await queue.isAdmitted(.numbered(1), at: .second(160)))
        #expect(try await queue.called(of: 1...3, at: 160) == [])
        #expect(try await !queue.isAdmitted(.numbered(1), at: .second(161)))
        #expect(try await queue.called(of: 1...3, at: 161) == [2])
        #expect(try await queue.status(1, at: 161) == .exited)
        try await queue.enter(.numbered(2), at: .second(165))
        try await queue.exit(.numbered(2), at: .second(170))
        #expect(try await queue.called(of: 1...3, at: 171) == [3])
        // The stay of somebody who has gone out before does not free a second place.
        #expect(try await queue.advance(to: .second(300)).placesTaken == 0)
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func placesThatNobodyTakesLapseBeyondTheBurst(form: WaitingQueueForm) async throws {
        for (burst, kept) in [(Int64(0), 1), (4, 4)] {
            let queue = try await form.make(.scenario(burst: burst))
            try await queue.advance(to: .second(500))
            try await queue.join(1...20, at: 500)
            #expect(try await queue.called(of: 1...20, at: 501) == Array(1...kept + 1))
        }
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func theFirstToJoinAfterALongPauseIsNotFollowedByACrowd(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario())
        try await queue.join(1...20, at: 500)
        #expect(try await queue.called(of: 1...20, at: 501) == [1, 2])
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func aFullQueueRefusesWithItsFacts(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario(maximumWaiting: 5))
        try await queue.join(1...5)
        func answer(_ number: Int, at second: Int64) async throws -> WaitingQueueRefusal? {
            try await waitingRefusal { () async throws(WaitingQueueError) in
                try await queue.join(.numbered(number), at: .second(second))
            }
        }
        #expect(try await answer(6, at: 2) == .full(waiting: 5, maximum: 5))
        #expect(try await answer(3, at: 2) == nil)
        try await queue.leave(.numbered(4), at: .second(3))
        #expect(try await answer(6, at: 4) == nil)
        #expect(try await answer(7, at: 4) == .full(waiting: 5, maximum: 5))
        #expect(try await answer(7, at: 101) == nil)
        #expect(try await answer(8, at: 101) == .full(waiting: 5, maximum: 5))
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func aQueueClosedToNewcomersStillCallsWhoWaits(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario())
        try await queue.join(1...3)
        try await queue.close(to: .newcomers, at: .second(50))
        try await queue.close(to: .newcomers, at: .second(60))
        let newcomer = try await waitingRefusal { () async throws(WaitingQueueError) in
            try await queue.join(.numbered(4), at: .second(61))
        }
        #expect(newcomer == .closed(at: .second(50)))
        #expect(try await queue.join(.numbered(2), at: .second(61)).number == 2)
        #expect(try await queue.called(of: 1...3, at: 102) == [1, 2])
        #expect(try await queue.advance(to: .second(103)).joined == 3)
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func aQueueClosedToEverybodyDismissesWhoWaits(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario())
        try await queue.join(1...3)
        #expect(try await queue.called(of: 1...3, at: 101) == [1])
        try await queue.close(to: .newcomers, at: .second(101))
        try await queue.close(to: .everybody, at: .second(102))
        try await queue.close(to: .newcomers, at: .second(103))
        #expect(try await queue.status(3, at: 105) == .dismissed)
        #expect(try await queue.called(of: 1...3, at: 105) == [1, 2])
        try await queue.enter(.numbered(1), at: .second(105))
        let dismissed = try await waitingRefusal { () async throws(WaitingQueueError) in
            try await queue.enter(.numbered(3), at: .second(105))
        }
        #expect(dismissed == .closed(at: .second(101)))
        #expect(try await queue.advance(to: .second(106)).closing == .everybody)
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func theLineMovesOncePerInterval(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario(rate: .perSecond(1), burst: 1, callInterval: .seconds(5)))
        try await queue.join(1...10)
        #expect(try await queue.called(of: 1...10, at: 100) == [1])
        #expect(try await queue.called(of: 1...10, at: 104) == [1])
        #expect(try await queue.status(2, at: 101) == .waiting(before: 0, estimatedCall: .second(105)))
        #expect(try await queue.called(of: 1...10, at: 105) == [1, 2, 3, 4, 5, 6])
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func aLongDowntimeTakesNobodysWindow(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario())
        try await queue.join(1...3)
        // Nobody called anything while the rate went on: the window begins when the line moves.
        #expect(try await queue.status(1, at: 5_000) == .called(until: .second(5_010)))
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func keysThatAreTooLongAndMembersWhoNeverJoinedAreRefused(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario())
        let long = try MemberKey(validating: String(repeating: "m", count: 201))
        let expected = WaitingQueueRefusal.keyTooLong(byteCount: 201, maximum: 200)
        func answer(_ call: () async throws(WaitingQueueError) -> Void) async throws -> WaitingQueueRefusal? {
            try await waitingRefusal(call)
        }
        #expect(
            try await answer { () async throws(WaitingQueueError) in _ = try await queue.join(long, at: .second(1)) }
                == expected
        )
        #expect(
            try await answer { () async throws(WaitingQueueError) in
                _ = try await queue.admission(of: long, at: .second(1))
            } == expected
        )
        let unknown = WaitingQueueRefusal.notJoined("eve")
        #expect(
            try await answer { () async throws(WaitingQueueError) in
                _ = try await queue.status(of: "eve", at: .second(1))
            } == unknown
        )
        #expect(
            try await answer { () async throws(WaitingQueueError) in _ = try await queue.enter("eve", at: .second(1)) }
                == unknown
        )
        #expect(
            try await answer { () async throws(WaitingQueueError) in try await queue.leave("eve", at: .second(1)) }
                == unknown
        )
        #expect(
            try await answer { () async throws(WaitingQueueError) in try await queue.exit("eve", at: .second(1)) }
                == unknown
        )
    }
}
