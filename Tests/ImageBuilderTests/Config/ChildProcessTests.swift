import Testing

@testable import ImageBuilder

struct ChildProcessTests {
    @Test func theStatusIsTheProgramsOwn() throws {
        for _ in 0..<50 {
            let result = try ChildProcess.run(["/bin/sh", "-c", "exec >&- 2>&-; exit 3"], environment: [])
            #expect(result.status == 3)
        }
    }

    @Test func aProgramThatStaysIsEnded() {
        #expect(throws: ChildProcess.Failure.timeout(seconds: 1)) {
            try ChildProcess.run(["/bin/sh", "-c", "exec >&- 2>&-; sleep 60"], environment: [], seconds: 1)
        }
    }
}
