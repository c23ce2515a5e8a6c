<?php
/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fills a wordpress-server instance: php seed.php SITE N_POSTS COMMENTS_PER_POST [--seed S] [--no-media]
 *
 * Straight multi-row INSERTs, one transaction. The same numbers and seed give the same rows on a fresh
 * instance (GUIDs hold the instance's own URL). Everything is dated before 2025-06-01T12:00:00Z, except
 * scheduled posts, which lie in 2035. A second run appends.
 *
 * Posts (i counts from 0): see status_of() and special_post(). Comments: exactly N_POSTS * COMMENTS_PER_POST
 * in all, spread unevenly over the published and private posts: about one post in ten has none, one
 * has several hundred where the numbers allow.
 */
ini_set( 'memory_limit', '-1' );
$args = array(); $seed = 1; $media = true; $site = $argv[1] ?? '';
for ( $i = 2; $i < $argc; $i++ ) {
	if ( '--seed' === $argv[ $i ] ) { $seed = $argv[ ++$i ] ?? 1; }
	elseif ( '--no-media' === $argv[ $i ] ) { $media = false; }
	else { $args[] = $argv[ $i ]; }
}
if ( 2 !== count( $args ) || ! ctype_digit( $args[0] ) || ! ctype_digit( $args[1] ) ) { fwrite( STDERR, "usage: seed DIR N_POSTS COMMENTS_PER_POST [--seed S] [--no-media]\n" ); exit( 2 ); }
list( $N, $C ) = array_map( 'intval', $args );
$T0 = microtime( true );

$_SERVER += array( 'REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REMOTE_ADDR' => '127.0.0.1' );
require $site . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/image.php';

mt_srand( (int) ( crc32( (string) $seed ) & 0x7fffffff ), MT_RAND_MT19937 );
define( 'NOW', strtotime( '2025-06-01T12:00:00Z' ) );
$TZ = new DateTimeZone( get_option( 'timezone_string' ) ?: 'UTC' );
$OFF = array(); // utc offset by hour, cached
function local( $ts ) { global $TZ, $OFF; $h = intdiv( $ts, 3600 ); $OFF[ $h ] = $OFF[ $h ] ?? $TZ->getOffset( new DateTime( '@' . ( $h * 3600 ) ) ); return gmdate( 'Y-m-d H:i:s', $ts + $OFF[ $h ] ); }
function gmt( $ts ) { return gmdate( 'Y-m-d H:i:s', $ts ); }
function r( $n ) { return mt_rand( 0, $n - 1 ); }
function chance( $percent ) { return mt_rand( 0, 9999 ) < $percent * 100; }
function pick( $a ) { return $a[ mt_rand( 0, count( $a ) - 1 ) ]; }
function skewed( $max ) { $x = mt_rand() / mt_getrandmax(); return (int) ( $max * $x * $x * $x ); }

/* ---- words ------------------------------------------------------------------------------------- */
$W = array();
$W['adj'] = explode( ' ', 'luminous patient brittle overlong tender savage wry hushed gaudy austere slippery generous claustrophobic sun-bleached melancholy bracing uneven sly operatic threadbare exacting feverish dry bruised playful glacial unsentimental hypnotic shaggy precise' );
$W['noun'] = explode( ' ', 'performance screenplay score edit camera ending prologue soundtrack silence framing subplot monologue flashback montage close-up restoration colour-grade landscape dialogue staging premise finale chase reunion wedding funeral dinner interrogation confession lullaby' );
$W['verb'] = explode( ' ', 'lingers stumbles glows unravels persuades aches drifts snaps simmers collapses surprises circles hesitates accuses forgives repeats blossoms stalls pivots recedes insists whispers' );
$W['first'] = array( 'Agnès', 'Tomás', 'Wei', 'Noor', 'Björn', 'Ileana', 'Kwame', 'Sofía', 'Hiroko', 'Dmitri', 'Aoife', 'Łukasz', 'Zeynep', 'Paul', 'Maren', 'José', 'Anna', 'Viktor', 'Chloé', 'Ibrahim' );
$W['last'] = array( 'Varga', 'O’Malley', 'Tanaka', 'Lindqvist', 'Ferreira', 'Haddad', 'Kowalski', 'Nguyễn', 'Moreau', 'Adeyemi', 'Petrov', 'Sánchez', 'Åkesson', 'Brennan', 'Öztürk', 'De Luca', 'Fitzgerald', 'Novák', 'Iyer', 'Weiss' );
$W['t1'] = array( 'The Long', 'A Borrowed', 'The Glass', 'Seven', 'The Quiet', 'Our Last', 'Blue', 'The Winter', 'Beyond the', 'No More', 'The Paper', 'Midnight', 'The Second', 'Salt and', 'All the', 'Une Petite', 'Under the', 'The Cartographer’s', 'Letters from the', 'Return to' );
$W['t2'] = array( 'Harbour', 'Summer', 'Orchard', 'Telegram', 'Windows', 'Station', 'Ashes', 'Carousel', 'River', 'Violins', 'Lanterns', 'Umbrella', 'Frontier', 'Goodbye', 'Kingdom', 'Apartment', 'Daughter', 'Projectionist', 'Ferry', 'Snow' );
$W['place'] = array( 'Lisbon', 'Kraków', 'a motel outside Tucson', 'Osaka', 'the Faroe Islands', 'Dakar', 'suburban Ohio', 'Trieste', 'Montevideo', 'a flat in Leeds', 'Saint-Malo', 'Tbilisi' );
$W['who'] = array( 'a widowed projectionist', 'two estranged sisters', 'a retired cartographer', 'an insomniac judge', 'a teenage pickpocket', 'a choir without a conductor', 'the last lighthouse keeper', 'a disgraced chef', 'three night nurses', 'an opera prompter' );
function person() { global $W; return pick( $W['first'] ) . ' ' . pick( $W['last'] ); }
function film() { global $W; return pick( $W['t1'] ) . ' ' . pick( $W['t2'] ); }
function sentence() {
	global $W; $a = pick( $W['adj'] ); $b = pick( $W['adj'] ); $n = pick( $W['noun'] ); $m = pick( $W['noun'] ); $v = pick( $W['verb'] );
	switch ( r( 16 ) ) {
		case 0: return "The $n is $a, and for once the $m never $v.";
		case 1: return 'It begins in ' . pick( $W['place'] ) . ', where ' . pick( $W['who'] ) . " waits for a $m that $v.";
		case 2: return person() . " plays the lead with a $a restraint that makes every $n count.";
		case 3: return "You could call it $a; I would call it $b, and mean it kindly.";
		case 4: return 'Compare “' . film() . '” (' . ( 1930 + r( 95 ) ) . "), whose $n had the same $a nerve.";
		case 5: return "Then the $n $v — and the whole thing turns $a.";
		case 6: return "At " . ( 74 + r( 120 ) ) . " minutes it is " . ( chance( 50 ) ? 'too long by a reel' : 'exactly as long as it should be' ) . ".";
		case 7: return "Is the $n $a? Perhaps. Does it matter when the $m $v like this?";
		case 8: return "There’s a $n near the midpoint that I have not stopped thinking about: $a, $b, gone.";
		case 9: return person() . "’s camera finds a $a corner of " . pick( $W['place'] ) . " & stays there.";
		case 10: return "The dialogue isn’t subtle (“nobody leaves a $n twice”), yet the $m $v all the same.";
		case 11: return "A lesser director would have cut the $n; here it $v.";
		case 12: return "I counted " . ( 2 + r( 9 ) ) . " walk-outs at the matinée and envied none of them.";
		case 13: return "What remains is $a: a $n, a $m, a door left open.";
		case 14: return "By the time " . pick( $W['who'] ) . " appears, the $a $n has done its work.";
		default: return "The $m, $a where it could have been $b, $v in the memory.";
	}
}
function sentences( $n ) { $o = array(); while ( $n-- > 0 ) { $o[] = sentence(); } return implode( ' ', $o ); }
function inline( $s, $tags = array( array( '<em>', '</em>' ), array( '<strong>', '</strong>' ), array( '<a href="https://example.org/films/%d">', '</a>' ), array( '<code>', '</code>' ), array( '<s>', '</s>' ), array( '<a href="https://example.com/?a=1&amp;b=%d" target="_blank" rel="noreferrer noopener">', '</a>' ) ) ) {
	$words = explode( ' ', $s ); $k = r( max( 1, count( $words ) - 3 ) ); $t = pick( $tags );
	$words[ $k ] = sprintf( $t[0], r( 9000 ) ) . $words[ $k ];
	$words[ $k + min( 2, count( $words ) - 1 - $k ) ] .= $t[1];
	return implode( ' ', $words );
}
function para() { $s = str_replace( ' & ', ' &amp; ', sentences( 2 + r( 5 ) ) ); if ( chance( 40 ) ) { $s = inline( $s ); } return $s; }
function youtube() { return 'https://www.youtube.com/watch?v=' . substr( strtr( base64_encode( md5( (string) mt_rand(), true ) ), '+/', '-_' ), 0, 11 ); }

/* A body is a list of [kind, data], written out either as blocks or in the classic style. */
function body( $media ) {
	$b = array( array( 'p', para() ) );
	for ( $n = 4 + skewed( 30 ); $n > 0; $n-- ) {
		switch ( r( 22 ) ) {
			case 0: $b[] = array( 'h', pick( array( 'The story', 'The performances', 'Sound &amp; image', 'Verdict', 'Where to see it', 'A word on the restoration' ) ) ); break;
			case 1: $b[] = array( 'ul', array( person() . ', director', person() . ', camera', inline( person() . ', <em>lead</em>' , array( array( '', '' ) ) ), ( 60 + r( 140 ) ) . ' min' ) ); break;
			case 2: $b[] = array( 'ol', array( film(), film(), film() ) ); break;
			case 3: $b[] = array( 'q', array( sentence(), person() ) ); break;
			case 4: if ( $media ) { $b[] = array( 'img', array( pick( $media ), sentence() ) ); } break;
			case 5: $b[] = array( 'table', array( array( 'Film', 'Year', 'Stars' ), array( film(), 1930 + r( 95 ), str_repeat( '★', 1 + r( 5 ) ) ), array( film(), 1930 + r( 95 ), str_repeat( '★', 1 + r( 5 ) ) . '½' ) ) ); break;
			case 6: $b[] = array( 'embed', youtube() ); break;
			case 7: $b[] = array( 'hr', '' ); break;
			case 8: $b[] = array( 'stars', 1 + r( 5 ) ); break;
			case 9: $b[] = array( 'pre', "INT. " . strtoupper( pick( array( 'kitchen', 'station', 'hotel' ) ) ) . " - NIGHT\n\n    She   turns. <pause>\n\tHE\n  You said " . r( 99 ) . " < 100." ); break;
			case 10: $b[] = array( 'spoiler', para() ); break;
			default: $b[] = array( 'p', para() );
		}
	}
	array_splice( $b, min( 2, count( $b ) ), 0, chance( 20 ) ? array( array( 'more', '' ) ) : array() );
	$b[] = array( 'p', para() );
	return $b;
}
function as_blocks( $body ) {
	$o = array();
	foreach ( $body as list( $k, $d ) ) {
		switch ( $k ) {
			case 'p': $o[] = chance( 6 ) ? "<!-- wp:paragraph {\"align\":\"center\",\"style\":{\"typography\":{\"fontSize\":\"20px\"}}} -->\n<p class=\"has-text-align-center\" style=\"font-size:20px\">$d</p>\n<!-- /wp:paragraph -->" : "<!-- wp:paragraph -->\n<p>$d</p>\n<!-- /wp:paragraph -->"; break;
			case 'h': $o[] = "<!-- wp:heading -->\n<h2>$d</h2>\n<!-- /wp:heading -->"; break;
			case 'ul': case 'ol':
				$li = ''; foreach ( $d as $x ) { $li .= "<!-- wp:list-item -->\n<li>$x</li>\n<!-- /wp:list-item -->\n\n"; } $li = rtrim( $li );
				$o[] = '<!-- wp:list' . ( 'ol' === $k ? ' {"ordered":true}' : '' ) . " -->\n<$k>$li</$k>\n<!-- /wp:list -->"; break;
			case 'q': $o[] = "<!-- wp:quote -->\n<blockquote class=\"wp-block-quote\"><!-- wp:paragraph -->\n<p>{$d[0]}</p>\n<!-- /wp:paragraph --><cite>{$d[1]}</cite></blockquote>\n<!-- /wp:quote -->"; break;
			case 'img': $o[] = "<!-- wp:image {\"id\":{$d[0][0]},\"sizeSlug\":\"large\",\"linkDestination\":\"none\"} -->\n<figure class=\"wp-block-image size-large\"><img src=\"{$d[0][1]}\" alt=\"Still\" class=\"wp-image-{$d[0][0]}\"/><figcaption class=\"wp-element-caption\">{$d[1]}</figcaption></figure>\n<!-- /wp:image -->"; break;
			case 'table': $t = ''; foreach ( $d as $n => $row ) { $t .= ( 0 === $n ? '<thead>' : ( 1 === $n ? '<tbody>' : '' ) ) . '<tr>'; foreach ( $row as $c ) { $t .= 0 === $n ? "<th>$c</th>" : "<td>$c</td>"; } $t .= '</tr>' . ( 0 === $n ? '</thead>' : '' ); }
				$o[] = "<!-- wp:table -->\n<figure class=\"wp-block-table\"><table>$t</tbody></table></figure>\n<!-- /wp:table -->"; break;
			case 'embed': $o[] = "<!-- wp:embed {\"url\":\"$d\",\"type\":\"video\",\"providerNameSlug\":\"youtube\",\"responsive\":true,\"className\":\"wp-embed-aspect-16-9 wp-has-aspect-ratio\"} -->\n<figure class=\"wp-block-embed is-type-video is-provider-youtube wp-block-embed-youtube wp-embed-aspect-16-9 wp-has-aspect-ratio\"><div class=\"wp-block-embed__wrapper\">\n$d\n</div></figure>\n<!-- /wp:embed -->"; break;
			case 'hr': $o[] = "<!-- wp:separator -->\n<hr class=\"wp-block-separator has-alpha-channel-opacity\"/>\n<!-- /wp:separator -->"; break;
			case 'stars': $o[] = "<!-- wp:acme/star-rating {\"stars\":$d,\"label\":\"\\u003cem\\u003e" . $d . " of 5\\u003c/em\\u003e\"} /-->"; break;
			case 'pre': $o[] = "<!-- wp:preformatted -->\n<pre class=\"wp-block-preformatted\">" . htmlspecialchars( $d, ENT_NOQUOTES ) . "</pre>\n<!-- /wp:preformatted -->"; break;
			case 'spoiler': $o[] = "<!-- wp:html -->\n<details class=\"spoiler\"><summary>Spoiler</summary><p>$d</p></details>\n<!-- /wp:html -->"; break;
			case 'more': $o[] = "<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->"; break;
		}
	}
	return implode( "\n\n", $o );
}
function as_classic( $body ) {
	$o = array();
	foreach ( $body as list( $k, $d ) ) {
		switch ( $k ) {
			case 'p': $o[] = chance( 8 ) ? "<p style=\"text-align: justify;\">$d</p>" : ( chance( 10 ) ? str_replace( '. ', ".\n", $d ) : $d ); break;
			case 'h': $o[] = "<h3>$d</h3>"; break;
			case 'ul': case 'ol': $o[] = "<$k>\n \t<li>" . implode( "</li>\n \t<li>", $d ) . "</li>\n</$k>"; break;
			case 'q': $o[] = "<blockquote>{$d[0]}\n\n— {$d[1]}</blockquote>"; break;
			case 'img': $o[] = "[caption id=\"attachment_{$d[0][0]}\" align=\"alignright\" width=\"300\"]<a href=\"{$d[0][1]}\"><img class=\"size-medium wp-image-{$d[0][0]}\" src=\"{$d[0][1]}\" alt=\"\" width=\"300\" height=\"200\" /></a> {$d[1]}[/caption]"; break;
			case 'table': $t = ''; foreach ( $d as $row ) { $t .= "<tr>\n<td>" . implode( "</td>\n<td>", $row ) . "</td>\n</tr>\n"; } $o[] = "<table border=\"0\">\n<tbody>\n$t</tbody>\n</table>"; break;
			case 'embed': $o[] = $d; break;
			case 'hr': $o[] = '<hr />'; break;
			case 'stars': $o[] = "[stars rating=\"$d\"]"; break;
			case 'pre': $o[] = '<pre>' . htmlspecialchars( $d, ENT_NOQUOTES ) . '</pre>'; break;
			case 'spoiler': $o[] = "[spoiler]{$d}[/spoiler]"; break;
			case 'more': $o[] = '<!--more-->'; break;
		}
	}
	return implode( chance( 30 ) ? "\r\n\r\n" : "\n\n", $o );
}

/* Cases a client trips over, put at i = 5, 12, 19, ...: title, content, and what else is set. */
function special_posts() {
	$p = "<!-- wp:paragraph -->\n<p>%s</p>\n<!-- /wp:paragraph -->";
	return array(
		array( 'title' => '🎬🍿', 'content' => sprintf( $p, 'Emoji only: 👩‍🎤 🏳️‍🌈 é (combining) é (composed) 𝄞' ), 'slug' => rawurlencode( '🎬🍿' ) ),
		array( 'title' => '', 'content' => sprintf( $p, 'A published post without a title.' ), 'slug' => '' ),
		array( 'title' => 'Love &amp; War: “<em>Encore</em>” &lt;1971&gt; – 5 > 4', 'content' => sprintf( $p, 'AT&amp;T, &nbsp;, &#8217;, &hellip;, a &lt;b&gt; that is text, ]]&gt; and a backslash \\ and \\\\ and \\n.' ), 'slug' => 'love-war-encore' ),
		array( 'title' => '七人の侍 — 黒澤明', 'content' => sprintf( $p, '雨の中の最後の戦い。' ), 'slug' => strtolower( rawurlencode( '七人の侍-黒澤明' ) ) ),
		array( 'title' => 'ביקורת: הלילה הארוך', 'content' => "<!-- wp:paragraph {\"align\":\"right\"} -->\n<p class=\"has-text-align-right\" dir=\"rtl\">סרט יפה, 120 דקות. مراجعة قصيرة أيضًا.</p>\n<!-- /wp:paragraph -->", 'slug' => strtolower( rawurlencode( 'ביקורת-הלילה-הארוך' ) ) ),
		array( 'title' => 'Two pages', 'content' => "First page.\r\n\r\n<!--nextpage-->\r\n\r\nSecond page.", 'slug' => 'two-pages' ),
		array( 'title' => 'A very long essay', 'content' => '@long', 'slug' => 'a-very-long-essay' ),
		array( 'title' => 'Clock goes back, first 1:30', 'content' => sprintf( $p, 'Written at 1:30 EDT.' ), 'slug' => 'clock-back-1', 'ts' => strtotime( '2023-11-05T05:30:00Z' ) ),
		array( 'title' => 'Clock goes back, second 1:30', 'content' => sprintf( $p, 'Written at 1:30 EST, one hour after the other.' ), 'slug' => 'clock-back-2', 'ts' => strtotime( '2023-11-05T06:30:00Z' ) ),
		array( 'title' => 'Clock goes forward', 'content' => sprintf( $p, 'Written at 3:00 EDT, one second after 1:59:59 EST.' ), 'slug' => 'clock-forward', 'ts' => strtotime( '2024-03-10T07:00:00Z' ) ),
		array( 'title' => 'Scripted by an administrator', 'content' => "<!-- wp:html -->\n<script>document.title = 'x' + (1 < 2 && 3 > 2);</script>\n<iframe src=\"https://player.example.com/v/1\" width=\"560\" height=\"315\" allowfullscreen></iframe>\n<form action=\"https://example.com/\"><input name=\"q\"></form>\n<!-- /wp:html -->", 'slug' => 'scripted' ),
		array( 'title' => 'Half classic, half blocks', 'content' => "Loose text before any block, with <b>bold</b>.\n\n" . sprintf( $p, 'A block.' ) . "\n\n<!-- wp:freeform -->\nClassic block\n\nin the middle\n<!-- /wp:freeform -->\n\n<!-- wp:block {\"ref\":999999} /-->\n\n<!-- wp:columns --><div class=\"wp-block-columns\"><!-- wp:column --><div class=\"wp-block-column\">" . sprintf( $p, 'Nested.' ) . "</div><!-- /wp:column --></div><!-- /wp:columns -->", 'slug' => 'half-half' ),
		array( 'title' => 'Broken markup', 'content' => "<p>Never closed <b>bold <i>crossed</b> over</i>\n<div><span>\n<!-- wp:paragraph {\"broken\": -->\n<p>x\n<a href='single' onclick=\"alert('1')\">link</a>\n< not a tag >", 'slug' => 'broken-markup' ),
		array( 'title' => 'Nothing to say', 'content' => '', 'slug' => 'nothing-to-say' ),
		array( 'title' => "Line\ttabs  and   spaces ", 'content' => "   leading spaces\n\n\n\n\nmany blank lines\t\ttabs  \n trailing \n\n", 'slug' => 'white-space' ),
		array( 'title' => str_repeat( 'A title that goes on and on ', 30 ), 'content' => sprintf( $p, 'Long title.' ), 'slug' => substr( str_repeat( 'a-title-that-goes-on-and-on-', 9 ), 0, 199 ) ),
		array( 'title' => '2024', 'content' => sprintf( $p, 'A number for a title, so the slug is not the number.' ), 'slug' => '2024-2' ),
		array( 'title' => 'Older than the epoch', 'content' => sprintf( $p, 'Dated 1965.' ), 'slug' => 'older-than-the-epoch', 'ts' => strtotime( '1965-03-02T17:00:00Z' ) ),
	);
}
function status_of( $i ) {
	if ( 7 === $i % 20 ) { return 'draft'; }
	if ( 13 === $i % 40 ) { return 'future'; }
	if ( 34 === $i % 40 ) { return 'trash'; }
	if ( 21 === $i % 50 ) { return 'private'; }
	if ( 46 === $i % 50 ) { return 'pending'; }
	return 'publish';
}

/* ---- rows ---------------------------------------------------------------------------------------- */
$db = $wpdb->dbh;
$db->query( 'SET SESSION unique_checks = 0' ); $db->query( 'SET SESSION foreign_key_checks = 0' );
$BUF = array();
function row( $table, $values ) {
	global $BUF, $db, $wpdb;
	$out = array();
	foreach ( $values as $v ) { $out[] = is_int( $v ) ? (string) $v : "'" . $db->real_escape_string( (string) $v ) . "'"; }
	$sql = '(' . implode( ',', $out ) . ')';
	if ( ! isset( $BUF[ $table ] ) ) { $BUF[ $table ] = array( array_keys( $values ), array(), 0 ); }
	$BUF[ $table ][1][] = $sql; $BUF[ $table ][2] += strlen( $sql );
	if ( $BUF[ $table ][2] > 800000 ) { flush_rows( $table ); }
}
function flush_rows( $table ) {
	global $BUF, $wpdb;
	if ( empty( $BUF[ $table ][1] ) ) { return; }
	sql( "INSERT INTO {$wpdb->prefix}$table (" . implode( ',', $BUF[ $table ][0] ) . ') VALUES ' . implode( ',', $BUF[ $table ][1] ) );
	$BUF[ $table ][1] = array(); $BUF[ $table ][2] = 0;
}
function sql( $q ) { global $db; if ( ! $db->query( $q ) ) { fwrite( STDERR, $db->error . "\n" . substr( $q, 0, 500 ) . "\n" ); exit( 1 ); } }
function next_id( $table, $key ) { global $wpdb; return 1 + (int) $wpdb->get_var( "SELECT MAX($key) FROM {$wpdb->prefix}$table" ); }

/* Pictures: real files with all sizes, through WordPress itself. */
$pictures = array();
if ( $media && $N > 0 && function_exists( 'imagecreatetruecolor' ) ) {
	add_filter( 'upload_dir', function ( $u ) { foreach ( array( 'path', 'url' ) as $k ) { $u[ $k ] = str_replace( $u['subdir'], '/2015/03', $u[ $k ] ); } $u['subdir'] = '/2015/03'; return $u; } );
	$known = $wpdb->get_col( "SELECT ID FROM {$wpdb->posts} WHERE post_type = 'attachment' AND post_name LIKE 'still-%' ORDER BY ID" );
	if ( ! $known ) {
		$up = wp_upload_dir(); wp_mkdir_p( $up['path'] );
		$ts = strtotime( '2015-03-01T15:00:00Z' );
		for ( $k = 1; $k <= 4; $k++ ) {
			$im = imagecreatetruecolor( 900, 600 );
			for ( $y = 0; $y < 600; $y += 20 ) { imagefilledrectangle( $im, 0, $y, 900, $y + 19, imagecolorallocate( $im, ( $y * $k ) % 256, 40 * $k, 255 - intdiv( $y, 3 ) ) ); }
			imagestring( $im, 5, 380, 290, "Still no. $k", imagecolorallocate( $im, 255, 255, 255 ) );
			$file = $up['path'] . "/still-$k.jpg"; imagejpeg( $im, $file, 80 ); imagedestroy( $im );
			$id = wp_insert_attachment( array( 'post_mime_type' => 'image/jpeg', 'post_title' => "Still $k", 'post_name' => "still-$k", 'post_status' => 'inherit', 'post_author' => 1, 'post_date' => local( $ts + $k ), 'post_date_gmt' => gmt( $ts + $k ), 'guid' => $up['url'] . "/still-$k.jpg" ), $file );
			$wpdb->update( $wpdb->posts, array( 'post_modified' => local( $ts + $k ), 'post_modified_gmt' => gmt( $ts + $k ) ), array( 'ID' => $id ) );
			wp_update_attachment_metadata( $id, wp_generate_attachment_metadata( $id, $file ) );
			update_post_meta( $id, '_wp_attachment_image_alt', "Still number $k" );
			$known[] = $id;
		}
	}
	foreach ( $known as $id ) { $pictures[] = array( (int) $id, wp_get_attachment_url( $id ) ); }
}

/* Terms: a category tree and tags. */
wp_defer_term_counting( true );
$terms = array( 'category' => array(), 'post_tag' => array() );
$term = function ( $name, $tax, $parent = 0, $args = array() ) use ( &$terms ) {
	$t = wp_insert_term( $name, $tax, array( 'parent' => $parent ) + $args );
	$tt = is_wp_error( $t ) ? get_term( $t->get_error_data(), $tax ) : get_term( $t['term_id'], $tax );
	$terms[ $tax ][] = (int) $tt->term_taxonomy_id;
	return (int) $tt->term_id;
};
if ( $N > 0 ) {
	foreach ( array( 'Reviews' => array( 'Drama', 'Comedy', 'Horror', 'Documentary', 'Animation', 'Science Fiction &amp; Fantasy', 'Thriller', 'Western' ), 'Festivals' => array( 'Berlin', 'Cannes', 'Venice', 'Locarno' ), 'By Decade' => array( '1930s–1940s', '1950s–1960s', '1970s', '1980s', '1990s', '2000s and after' ), 'Essays' => array() ) as $p => $kids ) {
		$pid = $term( $p, 'category', 0, array( 'description' => "Everything filed under $p." ) );
		foreach ( $kids as $kid ) { $term( $kid, 'category', $pid ); }
	}
	foreach ( array_merge( array( 'black & white', 'colour', 'café society', 'слово', '雨', 'C++', 'rock ’n’ roll', '16mm', '35mm', 'silent', 'subtitled', 'restored', 'remake', 'début', 'box office', 'cult', 'short', 'Oscar®' ), array_map( function ( $n ) use ( $W ) { return $W['first'][ $n % 20 ] . ' ' . $W['last'][ ( $n * 7 ) % 20 ]; }, range( 0, 39 ) ) ) as $t ) { $term( $t, 'post_tag' ); }
}
$wpdb->query( "UPDATE {$wpdb->options} SET option_value = option_value WHERE 1 = 0" );

sql( 'START TRANSACTION' );
$id = next_id( 'posts', 'ID' ); $first_post = $id; $used = array();
$url = home_url(); $special = special_posts(); $plan = array(); $weights = array(); $sum = 0.0; $sticky = array();
$bulk_from = intdiv( $N, 2 ); $bulk_to = $bulk_from + min( 150, intdiv( $N, 10 ) ); $bulk_ts = NOW - 90 * 86400;
$uncat = (int) get_option( 'default_category' );
$span = 12 * 365 * 86400; $trashed = array(); $counts = array();
foreach ( $N ? $wpdb->get_col( "SELECT post_name FROM {$wpdb->posts} WHERE post_name <> ''" ) : array() as $n ) { $used[ $n ] = 1; }
$post_row = function ( $v ) { // one place knows the columns
	row( 'posts', array(
		'ID' => $v['id'], 'post_author' => $v['author'], 'post_date' => $v['date'], 'post_date_gmt' => $v['date_gmt'], 'post_content' => $v['content'], 'post_title' => $v['title'], 'post_excerpt' => $v['excerpt'] ?? '',
		'post_status' => $v['status'], 'comment_status' => $v['comments'] ?? 'open', 'ping_status' => 'closed', 'post_password' => $v['password'] ?? '', 'post_name' => $v['slug'], 'to_ping' => '', 'pinged' => '',
		'post_modified' => local( $v['modified'] ), 'post_modified_gmt' => gmt( $v['modified'] ), 'post_content_filtered' => '', 'post_parent' => $v['parent'] ?? 0, 'guid' => $v['guid'], 'menu_order' => 0,
		'post_type' => $v['type'] ?? 'post', 'post_mime_type' => '', 'comment_count' => 0,
	) );
};
for ( $i = 0; $i < $N; $i++ ) {
	$sp = ( $i % 7 === 5 && isset( $special[ intdiv( $i, 7 ) ] ) ) ? $special[ intdiv( $i, 7 ) ] : null;
	$status = $sp ? 'publish' : status_of( $i );
	$ts = $sp['ts'] ?? NOW - 7 * 86400 - (int) ( ( $N - $i ) / $N * $span ) + r( max( 1, intdiv( $span, $N ) ) );
	if ( 'future' === $status ) { $ts = strtotime( '2035-01-01T00:00:00Z' ) + r( 365 * 86400 ); }
	$written = 'future' === $status ? NOW - r( 60 * 86400 ) : $ts;
	$blocks = chance( 60 );
	$body = $sp ? null : body( $pictures );
	$content = $sp ? $sp['content'] : ( $blocks ? as_blocks( $body ) : as_classic( $body ) );
	if ( '@long' === $content ) { $content = ''; while ( strlen( $content ) < 200000 ) { $content .= "<!-- wp:paragraph -->\n<p>" . para() . "</p>\n<!-- /wp:paragraph -->\n\n"; } }
	$film = film(); $year = 1930 + r( 95 );
	$title = $sp ? $sp['title'] : pick( array( "$film ($year)", "Review: $film", "$film, or the " . pick( $W['adj'] ) . ' ' . pick( $W['noun'] ), "“{$film}” &amp; the art of the " . pick( $W['noun'] ), "$film – $year", "Rewatching $film" ) );
	$slug = $sp ? ( $sp['slug'] ?: (string) $id ) : sanitize_title( $title );
	if ( isset( $used[ $slug ] ) ) { for ( $n = 2; isset( $used[ "$slug-$n" ] ); $n++ ) {} $slug = "$slug-$n"; }
	$used[ $slug ] = 1;
	$author = chance( 80 ) ? 1 : 2 + r( 2 );
	$modified = $written;
	if ( chance( 40 ) ) { $modified = min( NOW, $written + ( chance( 70 ) ? r( 5 * 86400 ) : r( 700 * 86400 ) ) ); }
	if ( $i >= $bulk_from && $i < $bulk_to ) { $modified = max( $bulk_ts, $written ); if ( 'publish' !== $status || $written <= $bulk_ts ) { $modified = $bulk_ts; } }
	if ( $ts < 0 ) { $modified = strtotime( "2013-06-01T12:00:00Z" ); }
	$v = array( 'id' => $id, 'author' => $author, 'date' => local( $ts ), 'date_gmt' => gmt( $ts ), 'content' => $content, 'title' => $title, 'status' => $status, 'slug' => $slug, 'modified' => $modified, 'guid' => "$url/?p=$id", 'excerpt' => chance( 25 ) ? sentences( 1 + r( 2 ) ) : '', 'comments' => chance( 92 ) ? 'open' : 'closed' );
	if ( 'draft' === $status || 'pending' === $status ) { $v['date_gmt'] = '0000-00-00 00:00:00'; if ( chance( 70 ) ) { $v['slug'] = ''; } }
	if ( 60 === $i % 100 ) { $v['password'] = 'popcorn'; }
	if ( 98 === $i % 100 && 'publish' === $status && count( $sticky ) < 5 ) { $sticky[] = $id; }
	if ( 'trash' === $status ) {
		$was = chance( 70 ) ? 'publish' : 'draft';
		row( 'postmeta', array( 'post_id' => $id, 'meta_key' => '_wp_trash_meta_status', 'meta_value' => $was ) );
		row( 'postmeta', array( 'post_id' => $id, 'meta_key' => '_wp_trash_meta_time', 'meta_value' => (string) $modified ) );
		row( 'postmeta', array( 'post_id' => $id, 'meta_key' => '_wp_desired_post_slug', 'meta_value' => $slug ) );
		$v['slug'] = substr( $slug, 0, 191 ) . '__trashed';
		if ( 'draft' === $was ) { $v['date_gmt'] = '0000-00-00 00:00:00'; }
		$trashed[] = array( $id, $ts, $i );
	}
	$post_row( $v );
	$counts[ $status ] = 1 + ( $counts[ $status ] ?? 0 );
	if ( $pictures && chance( 50 ) ) { row( 'postmeta', array( 'post_id' => $id, 'meta_key' => '_thumbnail_id', 'meta_value' => (string) pick( $pictures )[0] ) ); }
	if ( chance( 30 ) ) { row( 'postmeta', array( 'post_id' => $id, 'meta_key' => 'film_year', 'meta_value' => (string) $year ) ); }
	row( 'postmeta', array( 'post_id' => $id, 'meta_key' => '_edit_last', 'meta_value' => (string) $author ) );
	$mine = array();
	for ( $n = chance( 10 ) ? 0 : 1 + r( 3 ); $n > 0; $n-- ) { $mine[ pick( $terms['category'] ) ] = 1; }
	if ( ! $mine ) { $mine[ (int) get_term( $uncat, 'category' )->term_taxonomy_id ] = 1; }
	for ( $n = r( 7 ); $n > 0; $n-- ) { $mine[ pick( $terms['post_tag'] ) ] = 1; }
	foreach ( array_keys( $mine ) as $tt ) { row( 'term_relationships', array( 'object_id' => $id, 'term_taxonomy_id' => $tt, 'term_order' => 0 ) ); }
	if ( 'publish' === $status || 'private' === $status ) {
		$x = mt_rand( 1, 1000 ) / 1000;
		$w = chance( 10 ) ? 0.0 : 0.15 + $x * $x * $x * 3;
		if ( 3 === $i ) { $w = 0.06 * $N; }
		if ( $w > 0 ) { $sum += $w; $weights[] = $sum; $plan[] = array( $id, $ts ); }
	}
	$post = $id++;
	if ( ! $sp && 'publish' === $status && chance( 10 ) ) {
		for ( $n = 1 + r( 3 ), $k = 1; $k <= $n; $k++, $id++ ) {
			$rts = max( 1, $modified - ( $n - $k ) * 3600 );
			$post_row( array( 'id' => $id, 'author' => $author, 'date' => local( $rts ), 'date_gmt' => gmt( $rts ), 'content' => $k === $n ? $content : substr( $content, 0, 0 ) . "Draft $k", 'title' => $title, 'status' => 'inherit', 'comments' => 'closed', 'slug' => "$post-revision-v1", 'modified' => $rts, 'parent' => $post, 'guid' => "$url/?p=$id", 'type' => 'revision' ) );
		}
	}
}
foreach ( array( 'posts', 'postmeta', 'term_relationships' ) as $t ) { flush_rows( $t ); }
$T1 = microtime( true );

/* ---- comments ------------------------------------------------------------------------------------- */
$total = $plan ? $N * $C : 0; $when = array();
for ( $n = 0; $n < $total; $n++ ) {
	$x = mt_rand() / mt_getrandmax() * $sum; $lo = 0; $hi = count( $weights ) - 1;
	while ( $lo < $hi ) { $m = ( $lo + $hi ) >> 1; if ( $weights[ $m ] < $x ) { $lo = $m + 1; } else { $hi = $m; } }
	$from = max( $plan[ $lo ][1], 1 ); $room = max( 60, NOW - $from );
	$ts = min( NOW, $from + ( chance( 70 ) ? skewed( min( $room, 20 * 86400 ) ) : skewed( $room ) ) );
	if ( chance( 5 ) ) { $ts -= $ts % 300; } // several comments within the same second
	$when[] = ( $ts << 24 ) | $lo;
}
sort( $when );
// Imported comments: newest ids, old dates. A client that follows ids or dates alone misses one or the other.
$late = array(); if ( $total >= 200 ) { for ( $n = intdiv( $total, 200 ); $n > 0; $n-- ) { $k = r( intdiv( $total, 2 ) ); if ( isset( $when[ $k ] ) ) { $late[] = $when[ $k ]; unset( $when[ $k ] ); } } }
$when = array_merge( array_values( $when ), $late );

$people = array();
for ( $n = 0; $n < max( 20, min( 3000, intdiv( $total, 12 ) ) ); $n++ ) {
	$name = chance( 70 ) ? person() : pick( array( 'cinephile', 'popcorn_fan', 'Reel-Deal', '映画好き', 'Anonymous', 'x', 'M. "Doc" O’Hara', 'Jean-Luc 🎥', 'критик' ) ) . r( 500 );
	$people[] = array( $name, 'viewer' . $n . '@example.' . pick( array( 'org', 'net', 'com' ) ), chance( 30 ) ? 'https://example.net/~' . $n . '/' : '', chance( 80 ) ? '198.51.' . r( 256 ) . '.' . ( 1 + r( 254 ) ) : sprintf( '2001:db8:%x::%x', r( 65536 ), 1 + r( 65535 ) ), pick( array( 'Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)' ) ) );
}
$staff = array( 1 => array( 'Ada Quill', 'critic@example.org' ), 2 => array( 'Émile Noir', 'editor@example.org' ), 3 => array( "Rosa D'Angelo", 'author@example.org' ) );
$cid = next_id( 'comments', 'comment_ID' ); $threads = array(); $ccounts = array( '1' => 0, '0' => 0, 'spam' => 0, 'trash' => 0 );
foreach ( $when as $n => $packed ) {
	$k = $packed & 0xffffff; $ts = $packed >> 24; $post = $plan[ $k ][0];
	$x = r( 1000 ); $status = $x < 800 ? '1' : ( $x < 880 ? '0' : ( $x < 970 ? 'spam' : 'trash' ) );
	if ( $n < 12 ) { $status = array( '1', '0', 'spam', 'trash' )[ $n % 4 ]; }
	$parent = 0; $depth = 1; $type = 'comment'; $user = 0; $who = pick( $people );
	if ( 'spam' !== $status && ! empty( $threads[ $k ] ) && chance( 45 ) ) { list( $parent, $d ) = pick( $threads[ $k ] ); $depth = $d + 1; }
	if ( 'spam' === $status ) {
		$text = pick( array( 'Great post!', 'cheap meds', 'I earned $9,000 last week' ) ) . ' <a href="http://spam.example/' . r( 999999 ) . '" rel="nofollow ugc">' . pick( array( 'click here', 'best price', 'v1agra' ) ) . '</a> ' . sentence();
	} elseif ( chance( 1 ) ) {
		$type = 'pingback'; $who = array( film() . ' | Some Other Blog', '', 'https://example.com/blog/' . r( 99999 ), '203.0.113.7', 'The Incutio XML-RPC PHP Library -- WordPress/6.1' );
		$text = '[&#8230;] ' . sentence() . ' [&#8230;]'; $parent = 0;
	} else {
		switch ( r( 12 ) ) {
			case 0: $text = pick( array( '👍', 'Agreed!', 'First!', '+1', 'No.', 'Danke – sehr schön gesagt.', 'まったく同感です。', '¿Y el final?' ) ); break;
			case 1: $text = sentence() . "\n\n" . sentences( 2 ) . "\n\n" . sentence(); break;
			case 2: $text = '<blockquote>' . sentence() . "</blockquote>\n" . sentence(); break;
			case 3: $text = inline( sentences( 2 ), array( array( '<em>', '</em>' ), array( '<strong>', '</strong>' ), array( '<a href="https://example.org/thread/%d" rel="nofollow ugc">', '</a>' ), array( '<code>', '</code>' ) ) ); break;
			case 4: $text = 'Well, 5 &lt; 6 &amp; ' . sentence() . ' 😂 https://example.org/' . r( 9999 ); break;
			case 5: $text = sentences( 6 + r( 20 ) ); break;
			default: $text = sentences( 1 + r( 3 ) );
		}
	}
	if ( $parent && 'comment' === $type && chance( 18 ) ) { $user = chance( 75 ) ? 1 : 2 + r( 2 ); $who = array( $staff[ $user ][0], $staff[ $user ][1], 1 === $user ? $url : '', '192.0.2.1', 'Mozilla/5.0 (X11; Linux x86_64)' ); }
	row( 'comments', array( 'comment_ID' => $cid, 'comment_post_ID' => $post, 'comment_author' => $who[0], 'comment_author_email' => $who[1], 'comment_author_url' => $who[2], 'comment_author_IP' => $who[3], 'comment_date' => local( $ts ), 'comment_date_gmt' => gmt( $ts ), 'comment_content' => $text, 'comment_karma' => 0, 'comment_approved' => $status, 'comment_agent' => $who[4], 'comment_type' => $type, 'comment_parent' => $parent, 'user_id' => $user ) );
	if ( 'trash' === $status || 'spam' === $status ) {
		row( 'commentmeta', array( 'comment_id' => $cid, 'meta_key' => '_wp_trash_meta_status', 'meta_value' => chance( 60 ) ? '1' : '0' ) );
		row( 'commentmeta', array( 'comment_id' => $cid, 'meta_key' => '_wp_trash_meta_time', 'meta_value' => (string) $ts ) );
	} elseif ( 'comment' === $type && $depth < 5 && ( '1' === $status || chance( 10 ) ) ) {
		$threads[ $k ][] = array( $cid, $depth );
		if ( count( $threads[ $k ] ) > 40 ) { array_shift( $threads[ $k ] ); }
	}
	$ccounts[ $status ]++; $cid++;
}
// What WordPress does to the comments of a post in the trash (beyond N * C).
foreach ( $trashed as list( $post, $ts, $n ) ) {
	if ( $n % 3 ) { continue; }
	row( 'comments', array( 'comment_ID' => $cid, 'comment_post_ID' => $post, 'comment_author' => 'Late Viewer', 'comment_author_email' => 'late@example.org', 'comment_author_url' => '', 'comment_author_IP' => '198.51.100.9', 'comment_date' => local( $ts + 60 ), 'comment_date_gmt' => gmt( $ts + 60 ), 'comment_content' => sentence(), 'comment_karma' => 0, 'comment_approved' => 'post-trashed', 'comment_agent' => '', 'comment_type' => 'comment', 'comment_parent' => 0, 'user_id' => 0 ) );
	row( 'postmeta', array( 'post_id' => $post, 'meta_key' => '_wp_trash_meta_comments_status', 'meta_value' => serialize( array( $cid => '1' ) ) ) );
	$ccounts['post-trashed'] = 1 + ( $ccounts['post-trashed'] ?? 0 ); $cid++;
}
foreach ( array( 'comments', 'commentmeta', 'postmeta' ) as $t ) { flush_rows( $t ); }

sql( "UPDATE {$wpdb->posts} p JOIN (SELECT comment_post_ID, COUNT(*) n FROM {$wpdb->comments} WHERE comment_approved = '1' GROUP BY comment_post_ID) c ON c.comment_post_ID = p.ID SET p.comment_count = c.n" );
sql( "UPDATE {$wpdb->term_taxonomy} t SET t.count = (SELECT COUNT(*) FROM {$wpdb->term_relationships} r JOIN {$wpdb->posts} p ON p.ID = r.object_id WHERE r.term_taxonomy_id = t.term_taxonomy_id AND p.post_status = 'publish' AND p.post_type = 'post') WHERE t.taxonomy IN ('category', 'post_tag')" );
sql( 'COMMIT' );
if ( $sticky ) { update_option( 'sticky_posts', array_merge( (array) get_option( 'sticky_posts', array() ), $sticky ) ); }
sql( "ANALYZE TABLE {$wpdb->posts}, {$wpdb->comments}, {$wpdb->postmeta}, {$wpdb->term_relationships}" );
if ( function_exists( 'clean_taxonomy_cache' ) ) { clean_taxonomy_cache( 'category' ); clean_taxonomy_cache( 'post_tag' ); }
delete_option( 'category_children' );
$T2 = microtime( true );
ksort( $counts ); ksort( $ccounts );
printf( "seeded %d posts %s, %d comments %s, %d pictures; posts %.1f s, comments %.1f s, all %.1f s\n", $N, wp_json_encode( $counts ), array_sum( $ccounts ), wp_json_encode( $ccounts ), count( $pictures ), $T1 - $T0, $T2 - $T1, $T2 - $T0 );
