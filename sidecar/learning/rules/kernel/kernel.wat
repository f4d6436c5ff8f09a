;; The arithmetic of the learned weight, on 16 columns at a time: 64 bytes, four vectors of f32. Every product and
;; every sum is rounded to f32 in a fixed order, so that all machines give the same bits.
(module
  (memory (export "memory") 0)

  ;; Spreads a row over tiles.
  (func (export "spread")
    (param $row i32)
    (param $tiles i32)     ;; how many it covers; at least one
    (param $to i32)        ;; its place in the first tile
    (param $tileBytes i32) ;; from one tile to the next
    (loop $each
      (v128.store (local.get $to) (v128.load (local.get $row)))
      (v128.store offset=16 (local.get $to) (v128.load offset=16 (local.get $row)))
      (v128.store offset=32 (local.get $to) (v128.load offset=32 (local.get $row)))
      (v128.store offset=48 (local.get $to) (v128.load offset=48 (local.get $row)))
      (local.set $row (i32.add (local.get $row) (i32.const 64)))
      (local.set $to (i32.add (local.get $to) (local.get $tileBytes)))
      (br_if $each (local.tee $tiles (i32.sub (local.get $tiles) (i32.const 1))))))

  ;; out[l] = Σ value · row over the entries of list l, in their order.
  (func (export "sum")
    (param $starts i32)   ;; [lists + 1] u32: list l has the entries from starts[l] up to starts[l + 1]
    (param $lists i32)    ;; how many; at least one
    (param $numbers i32)  ;; [entries] u32: which row
    (param $values i32)   ;; [entries] f32
    (param $rows i32)     ;; [rows, 16] f32: a tile
    (param $out i32)      ;; 16 columns of the sums, ...
    (param $outBytes i32) ;; ... from one list's to the next's
    (local $n i32) (local $end i32) (local $row i32) (local $value v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (loop $each
      (local.set $n (i32.shl (i32.load (local.get $starts)) (i32.const 2)))
      (local.set $end (i32.shl (i32.load offset=4 (local.get $starts)) (i32.const 2)))
      (local.set $a (v128.const f32x4 0 0 0 0))
      (local.set $b (v128.const f32x4 0 0 0 0))
      (local.set $c (v128.const f32x4 0 0 0 0))
      (local.set $d (v128.const f32x4 0 0 0 0))
      (block $done
        (loop $entry
          (br_if $done (i32.ge_u (local.get $n) (local.get $end)))
          (local.set $row (i32.add
            (local.get $rows)
            (i32.shl (i32.load (i32.add (local.get $numbers) (local.get $n))) (i32.const 6))))
          (local.set $value (v128.load32_splat (i32.add (local.get $values) (local.get $n))))
          (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $value) (v128.load (local.get $row)))))
          (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $value) (v128.load offset=16 (local.get $row)))))
          (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $value) (v128.load offset=32 (local.get $row)))))
          (local.set $d (f32x4.add (local.get $d) (f32x4.mul (local.get $value) (v128.load offset=48 (local.get $row)))))
          (local.set $n (i32.add (local.get $n) (i32.const 4)))
          (br $entry)))
      (v128.store (local.get $out) (local.get $a))
      (v128.store offset=16 (local.get $out) (local.get $b))
      (v128.store offset=32 (local.get $out) (local.get $c))
      (v128.store offset=48 (local.get $out) (local.get $d))
      (local.set $out (i32.add (local.get $out) (local.get $outBytes)))
      (local.set $starts (i32.add (local.get $starts) (i32.const 4)))
      (br_if $each (local.tee $lists (i32.sub (local.get $lists) (i32.const 1))))))

  ;; What a neuron misses of what it wants, signed; 0 where that is not above the tolerance. The sign of what it wants
  ;; is the one in which more is better.
  (func $missed (param $wanted v128) (param $pre v128) (param $tolerance v128) (result v128)
    (local $delta v128)
    (local.set $delta (f32x4.sub (local.get $wanted) (local.get $pre)))
    (v128.and
      (local.get $delta)
      (f32x4.gt
        (v128.xor
          (local.get $delta)
          (v128.and (local.get $wanted) (v128.const i32x4 0x80000000 0x80000000 0x80000000 0x80000000)))
        (local.get $tolerance))))

  ;; Visits all positions in their order: what their neurons miss is written into L at the position's code, which the
  ;; next position sees. Gives whether anything was written.
  (func (export "sweep")
    (param $positions i32) ;; how many; at least one
    (param $active i32)    ;; units of a code
    (param $units i32)     ;; [positions, active] u32
    (param $values i32)    ;; [positions, active] f32
    (param $state i32)     ;; [positions, 3, 16] f32: pre-activations at base, those wanted, what was written so far
    (param $learned i32)   ;; L, [units, 16] f32
    (param $limit f32)     ;; a neuron misses nothing to speak of where it misses no more than this
    (result i32)
    (local $n i32) (local $end i32) (local $row i32) (local $value v128) (local $tolerance v128) (local $any i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $tolerance (f32x4.splat (local.get $limit)))
    (loop $each
      (local.set $end (i32.add (local.get $n) (i32.shl (local.get $active) (i32.const 2))))
      (local.set $a (v128.const f32x4 0 0 0 0))
      (local.set $b (v128.const f32x4 0 0 0 0))
      (local.set $c (v128.const f32x4 0 0 0 0))
      (local.set $d (v128.const f32x4 0 0 0 0))
      (loop $read
        (local.set $row (i32.add
          (local.get $learned)
          (i32.shl (i32.load (i32.add (local.get $units) (local.get $n))) (i32.const 6))))
        (local.set $value (v128.load32_splat (i32.add (local.get $values) (local.get $n))))
        (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $value) (v128.load (local.get $row)))))
        (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $value) (v128.load offset=16 (local.get $row)))))
        (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $value) (v128.load offset=32 (local.get $row)))))
        (local.set $d (f32x4.add (local.get $d) (f32x4.mul (local.get $value) (v128.load offset=48 (local.get $row)))))
        (local.set $n (i32.add (local.get $n) (i32.const 4)))
        (br_if $read (i32.lt_u (local.get $n) (local.get $end))))
      (local.set $a (call $missed
        (v128.load offset=64 (local.get $state))
        (f32x4.add (v128.load (local.get $state)) (local.get $a))
        (local.get $tolerance)))
      (local.set $b (call $missed
        (v128.load offset=80 (local.get $state))
        (f32x4.add (v128.load offset=16 (local.get $state)) (local.get $b))
        (local.get $tolerance)))
      (local.set $c (call $missed
        (v128.load offset=96 (local.get $state))
        (f32x4.add (v128.load offset=32 (local.get $state)) (local.get $c))
        (local.get $tolerance)))
      (local.set $d (call $missed
        (v128.load offset=112 (local.get $state))
        (f32x4.add (v128.load offset=48 (local.get $state)) (local.get $d))
        (local.get $tolerance)))
      (if (v128.any_true (v128.or
          (v128.or (local.get $a) (local.get $b))
          (v128.or (local.get $c) (local.get $d))))
        (then
          (local.set $any (i32.const 1))
          (v128.store offset=128 (local.get $state)
            (f32x4.add (v128.load offset=128 (local.get $state)) (local.get $a)))
          (v128.store offset=144 (local.get $state)
            (f32x4.add (v128.load offset=144 (local.get $state)) (local.get $b)))
          (v128.store offset=160 (local.get $state)
            (f32x4.add (v128.load offset=160 (local.get $state)) (local.get $c)))
          (v128.store offset=176 (local.get $state)
            (f32x4.add (v128.load offset=176 (local.get $state)) (local.get $d)))
          (local.set $n (i32.sub (local.get $n) (i32.shl (local.get $active) (i32.const 2))))
          (loop $write
            (local.set $row (i32.add
              (local.get $learned)
              (i32.shl (i32.load (i32.add (local.get $units) (local.get $n))) (i32.const 6))))
            (local.set $value (v128.load32_splat (i32.add (local.get $values) (local.get $n))))
            (v128.store (local.get $row)
              (f32x4.add (v128.load (local.get $row)) (f32x4.mul (local.get $value) (local.get $a))))
            (v128.store offset=16 (local.get $row)
              (f32x4.add (v128.load offset=16 (local.get $row)) (f32x4.mul (local.get $value) (local.get $b))))
            (v128.store offset=32 (local.get $row)
              (f32x4.add (v128.load offset=32 (local.get $row)) (f32x4.mul (local.get $value) (local.get $c))))
            (v128.store offset=48 (local.get $row)
              (f32x4.add (v128.load offset=48 (local.get $row)) (f32x4.mul (local.get $value) (local.get $d))))
            (local.set $n (i32.add (local.get $n) (i32.const 4)))
            (br_if $write (i32.lt_u (local.get $n) (local.get $end))))))
      (local.set $state (i32.add (local.get $state) (i32.const 192)))
      (br_if $each (local.tee $positions (i32.sub (local.get $positions) (i32.const 1)))))
    (local.get $any)))
