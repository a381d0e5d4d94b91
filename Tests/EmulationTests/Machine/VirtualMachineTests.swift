import Testing

@testable import Emulation

struct VirtualMachineTests {
    @Test func everythingIsSaid() {
        var machine = VirtualMachine()
        machine.firmware = "/fw/u-boot.bin"
        machine.network = .init(folder: "/srv/a,b")
        machine.drives = [.init(path: "disk.img")]
        #expect(
            shellLine(machine.arguments(.pipes(monitor: 4))) == """
                -nodefaults -no-user-config -display none -no-reboot \
                -M virt,virtualization=on,gic-version=2,dtb-randomness=off -accel tcg,thread=multi -cpu cortex-a57 \
                -smp 2 -m 2048 -bios /fw/u-boot.bin -netdev user,id=net0,restrict=on,ipv6=off,tftp=/srv/a,,b \
                -device virtio-net-pci,netdev=net0,mac=52:54:00:12:34:56 \
                -drive id=disk0,if=none,format=raw,snapshot=on,file=disk.img -device virtio-blk-pci,drive=disk0 \
                -chardev stdio,id=serial0,signal=off -serial chardev:serial0 -chardev socket,id=qmp,fd=4 \
                -mon chardev=qmp,mode=control -S
                """)
    }

    @Test func dumpedTreeIsThatOfTheSameMachine() {
        var machine = VirtualMachine()
        machine.network = nil
        let words = machine.arguments(.dump("/tmp/x.dtb"))
        #expect(words.contains("\(machine.machine),dumpdtb=/tmp/x.dtb"))
        #expect(!words.contains("-S"))
    }

    @Test(arguments: [
        (["a", "b c"], "a 'b c'"), ([""], "''"), (["it's"], "'it'\\''s'"), (["$x"], "'$x'"), (["a=b,c"], "a=b,c"),
    ])
    func wordsAreQuotedForAShell(_ words: [String], _ line: String) {
        #expect(shellLine(words) == line)
    }

    @Test func probeSaysWhyNot() {
        guard case .unusable(let reason) = AcceleratorProbe.kvm(guest: "vax") else {
            Issue.record("no host is a VAX")
            return
        }
        #expect(reason.hasSuffix("the guest vax"))
    }
}
