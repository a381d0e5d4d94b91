import Testing

@testable import UBoot

struct NetworkLoadTests {
    static let loads: [Exchange] = [
        Exchange(
            """
            tftpboot 50000000 small.bin
            echo $filesize $fileaddr $bootfile
            md.b 50000000 a
            """,
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'small.bin'.
            Load address: 0x50000000
            Loading: *\u{8}#
            done
            Bytes transferred = 10 (a hex)
            a 50000000
            50000000: 00 01 02 03 04 05 06 07 08 09                    ..........

            """),
        Exchange(
            "tftpb small.bin\necho $fileaddr",
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'small.bin'.
            Load address: 0x40200000
            Loading: *\u{8}#
            done
            Bytes transferred = 10 (a hex)
            40200000

            """),
        Exchange(
            "tftp 50000000 small.bin",
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'small.bin'.
            Load address: 0x50000000
            Loading: *\u{8}#
            done
            Bytes transferred = 10 (a hex)

            """),
        Exchange(
            "setenv bootfile small.bin\ntftpboot 50000000",
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'small.bin'.
            Load address: 0x50000000
            Loading: *\u{8}#
            done
            Bytes transferred = 10 (a hex)

            """),
        Exchange(
            "setenv bootfile small.bin\ntftpboot",
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'small.bin'.
            Load address: 0x40200000
            Loading: *\u{8}#
            done
            Bytes transferred = 10 (a hex)

            """),
        Exchange(
            "tftpboot",
            """
            *** Warning: no boot file name; using '0A00020F.img'
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename '0A00020F.img'.
            Load address: 0x40200000
            Loading: *\u{8}#
            done
            Bytes transferred = 20 (14 hex)

            """),
        Exchange(
            "tftpboot 50000000",
            """
            *** Warning: no boot file name; using '0A00020F.img'
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename '0A00020F.img'.
            Load address: 0x50000000
            Loading: *\u{8}#
            done
            Bytes transferred = 20 (14 hex)

            """),
        Exchange(
            """
            tftpboot 50000000 empty.bin
            echo $?
            echo $filesize $fileaddr
            """,
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'empty.bin'.
            Load address: 0x50000000
            Loading: *\u{8}#
            done
            0


            """),
        Exchange(
            """
            tftpboot 50000000 nope
            echo $?
            printenv filesize
            """,
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'nope'.
            Load address: 0x50000000
            Loading: *\u{8}
            TFTP error: 'File not found' (1)
            Not retrying...
            1
            ## Error: "filesize" not defined

            """, 1),
        Exchange(
            "tftpboot 50000000 almost.bin",
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'almost.bin'.
            Load address: 0x50000000
            Loading: *\u{8}#
            done
            Bytes transferred = 14279 (37c7 hex)

            """),
        Exchange(
            "tftpboot 50000000 exact.bin",
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'exact.bin'.
            Load address: 0x50000000
            Loading: *\u{8}##
            done
            Bytes transferred = 14280 (37c8 hex)

            """),
        Exchange(
            "tftpboot 50000000 lines.bin",
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'lines.bin'.
            Load address: 0x50000000
            Loading: *\u{8}#################################################################
            \t\u{20}
            done
            Bytes transferred = 928199 (e29c7 hex)

            """),
        Exchange(
            "tftpboot 50000000 10.0.2.2:small.bin",
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'small.bin'.
            Load address: 0x50000000
            Loading: *\u{8}#
            done
            Bytes transferred = 10 (a hex)

            """),
        Exchange(
            "tftpboot 50000000 \"small.bin\"",
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'small.bin'.
            Load address: 0x50000000
            Loading: *\u{8}#
            done
            Bytes transferred = 10 (a hex)

            """),
        Exchange(
            "tftpboot c0000000 small.bin\necho $?",
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'small.bin'.

            TFTP error: trying to overwrite reserved memory...
            1

            """),
        Exchange(
            "tftpboot bddb2000 small.bin",
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'small.bin'.

            TFTP error: trying to overwrite reserved memory...

            """, 1),
        Exchange(
            "tftpboot 0 small.bin",
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'small.bin'.

            TFTP error: trying to overwrite reserved memory...

            """, 1),
        Exchange("setenv serverip\ntftpboot 50000000 small.bin\necho $?", "*** ERROR: `serverip' not set\n1\n"),
        Exchange("setenv ipaddr\ntftpboot 50000000 small.bin\necho $?", "*** ERROR: `ipaddr' not set\n1\n"),
        Exchange(
            "setenv serverip\ntftpboot 50000000 10.0.2.2:small.bin",
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'small.bin'.
            Load address: 0x50000000
            Loading: *\u{8}#
            done
            Bytes transferred = 10 (a hex)

            """),
        Exchange(
            "tftpboot 1 2 3",
            """
            \(UsageText.tftpboot)

            """, 1),
        Exchange(
            "tftpboot abc",
            """
            *** Warning: no boot file name; using '0A00020F.img'
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename '0A00020F.img'.

            TFTP error: trying to overwrite reserved memory...

            """, 1),
        Exchange(
            "tftpboot beef.bin",
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'beef.bin'.
            Load address: 0x40200000
            Loading: *\u{8}
            TFTP error: 'File not found' (1)
            Not retrying...

            """, 1),
        Exchange(
            "setenv autoload no; dhcp\necho $ipaddr $serverip $netmask $gatewayip $dnsip",
            """
            BOOTP broadcast 1
            DHCP client bound to address 10.0.2.15 (0 ms)
            10.0.2.15 10.0.2.2 255.255.255.0 10.0.2.2 10.0.2.3

            """),
        Exchange(
            "dhcp 50000000 small.bin",
            """
            BOOTP broadcast 1
            DHCP client bound to address 10.0.2.15 (0 ms)
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'small.bin'.
            Load address: 0x50000000
            Loading: *\u{8}#
            done
            Bytes transferred = 10 (a hex)

            """),
    ]

    @Test(arguments: loads)
    func filesArriveInMemory(_ exchange: Exchange) throws {
        try exchange.check(setup: "setenv ipaddr 10.0.2.15; setenv serverip 10.0.2.2", server: TestServer.recorded)
    }

    @Test func aFileThatTouchesUBootIsCutOff() throws {
        let machine = try Exchange(
            "tftpboot bddb1000 exact.bin",
            """
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'exact.bin'.
            Load address: 0xbddb1000
            Loading: *\u{8}#
            TFTP error: trying to overwrite reserved memory...

            """, 1
        ).check(setup: "setenv ipaddr 10.0.2.15; setenv serverip 10.0.2.2", server: TestServer.recorded)
        #expect(machine.recorder.failedLoads.map(\.reason) == [.reserved(TestBoard.reserved)])
    }

    @Test func loadsAreRecorded() throws {
        let machine = try Exchange("tftpboot 50000000 small.bin", small).check(
            setup: "setenv ipaddr 10.0.2.15; setenv serverip 10.0.2.2", server: TestServer.recorded)
        let load = try #require(machine.recorder.loads.first)
        #expect(load.range == AddressRange(start: 0x5000_0000, size: 10))
        #expect(load.path == "/served/small.bin")
        #expect(load.source == "tftp")
        let extents = machine.memory.provenance.extents(in: load.range)
        #expect(extents.map { machine.memory.provenance.writers[$0.writer].source } == [.file("small.bin")])
    }

    private let small = """
        Using virtio-net#32 device
        TFTP from server 10.0.2.2; our IP address is 10.0.2.15
        Filename 'small.bin'.
        Load address: 0x50000000
        Loading: *\u{8}#
        done
        Bytes transferred = 10 (a hex)

        """

    @Test(
        arguments: [
            ("nope", .fileMissing), ("../x", .outsideRoot),
        ] as [(String, FailedLoad.Reason)])
    func failuresSayWhy(_ file: String, _ reason: FailedLoad.Reason) throws {
        var machine = try TestBoard.machine()
        machine.fileServer = TestServer.recorded
        machine.type(line: "setenv ipaddr 10.0.2.15; setenv serverip 10.0.2.2; tftpboot 50000000 \(file)")
        #expect(machine.recorder.failedLoads.map(\.reason) == [reason])
    }

    @Test func theNetworkKeepsItsAddresses() throws {
        try Exchange(
            """
            env default -a
            printenv ipaddr
            env import -d -t 50000000 1 ipaddr
            setenv ipaddr
            tftpboot 50000000 none
            printenv ipaddr
            tftpboot 50000000 small.bin
            printenv ipaddr serverip
            setenv -f ethaddr
            tftpboot 50000000 small.bin
            env delete ipaddr
            tftpboot 50000000 small.bin
            """,
            """
            ## Resetting to default environment
            ## Error: "ipaddr" not defined
            WARNING: 'ipaddr' neither in running nor in imported env!
            Using virtio-net#32 device
            TFTP from server 10.0.2.2; our IP address is 10.0.2.15
            Filename 'none'.
            Load address: 0x50000000
            Loading: *\u{8}
            TFTP error: 'File not found' (1)
            Not retrying...
            ## Error: "ipaddr" not defined
            \(small)ipaddr=10.0.2.15
            serverip=10.0.2.2
            *** ERROR: `ethaddr' not set
            *** ERROR: `ipaddr' not set

            """, 1
        ).check(setup: "setenv ipaddr 10.0.2.15; setenv serverip 10.0.2.2", server: TestServer.recorded)
    }

    @Test(
        arguments: [
            ("1.2.3.4", 0x0102_0304), ("10.0.2.15x", 0x0a00_020f), ("1.2.3", 0), ("256.1.1.1", 0), ("", 0), ("a.b", 0),
            ("255.255.255.255", 0xffff_ffff), ("1..2.3", 0x0100_0203),
        ] as [(ByteString, UInt32)])
    func addressesAreDecimal(_ text: ByteString, _ value: UInt32) {
        #expect(IPv4(text).value == value)
    }
}
